package org.asyncmigrations.spring;

import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.product.UnsupportedProductException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells why the runtime does not work with this build or this database. */
final class RefusedStartFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
        if (cause instanceof BuildTooOldException) {
            return new FailureAnalysis(
                    "An instance of this build may not start: " + cause.getMessage() + ".",
                    "Deploy a release that knows that migration. If this one can do without what it takes away, set"
                            + " async-migrations.allow-too-old=true.",
                    cause);
        }
        if (cause instanceof UnsupportedProductException) {
            return new FailureAnalysis(
                    "The migrations cannot run on this database: " + cause.getMessage() + ".",
                    "Use a supported database, or set async-migrations.allow-unknown-product=true to try whether it works"
                            + " as the one whose protocol it speaks.",
                    cause);
        }
        return null;
    }
}
