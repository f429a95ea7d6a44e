package org.asyncmigrations.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that the jOOQ on the class path needs a newer Java, such as the one that Spring Boot 4.1 manages does on Java 17. */
final class JooqFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedClassVersionError> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsupportedClassVersionError cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.startsWith("org/jooq/")) {
            return null;
        }
        return new FailureAnalysis(
                "The jOOQ on the class path needs a newer Java than this one, which is "
                        + System.getProperty("java.specification.version") + ": " + message,
                "Set the property jooq.version of the build to a version of the line 3.19, which runs on Java 17, or run the"
                        + " application on Java 21 or later.",
                cause);
    }
}
