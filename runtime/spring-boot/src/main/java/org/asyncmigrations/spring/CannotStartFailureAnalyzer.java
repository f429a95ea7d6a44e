package org.asyncmigrations.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Tells why the application cannot start; before those of Spring Boot, which would tell of the cause alone. */
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
