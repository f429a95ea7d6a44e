package org.asyncmigrations.spring;

import java.util.Locale;
import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.product.UnsupportedProductException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the runtime doesn't start with this build or this database. */
final class RefusedStartFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
        if (cause instanceof BuildTooOldException) {
            return new FailureAnalysis(
                    sentence(cause),
                    "Deploy a release that contains that migration. If this release does not need what it removes, set"
                            + " async-migrations.allow-too-old=true.",
                    cause);
        }
        if (cause instanceof UnsupportedProductException) {
            return new FailureAnalysis(
                    sentence(cause),
                    "Use a supported database, or set async-migrations.allow-unknown-product=true to try it as the"
                            + " product whose protocol it speaks.",
                    cause);
        }
        if (cause instanceof MigrationNotDoneException) {
            return new FailureAnalysis(
                    sentence(cause),
                    "Deploy the release that added the migration, let it finish, and start this release again.",
                    cause);
        }
        return null;
    }

    /**
     * {@return the message up to its semicolon} After it, the message says what to call on the builder; here, the action names
     * the property instead.
     */
    private static String sentence(MigrationException cause) {
        String what = String.valueOf(cause.getMessage()).split(";", 2)[0];
        return what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ".";
    }
}
