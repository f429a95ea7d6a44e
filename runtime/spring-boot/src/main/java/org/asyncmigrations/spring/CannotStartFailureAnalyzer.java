package org.asyncmigrations.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Explains why the application can't start. Runs before Spring Boot's analyzers, which would explain only the cause. */
final class CannotStartFailureAnalyzer extends AbstractFailureAnalyzer<CannotStartException> implements Ordered {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotStartException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
