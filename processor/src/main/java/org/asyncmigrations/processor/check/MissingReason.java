package org.asyncmigrations.processor.check;

import java.util.Optional;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Migration;

/** A declaration that says nothing is no declaration. */
final class MissingReason implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            migration
                    .marker()
                    .filter(marker -> marker.by().equals(Optional.of(By.DECLARATION))
                            && marker.because().isBlank())
                    .ifPresent(marker ->
                            findings.add(Message.MISSING_REASON, marker.becauseOrigin(), migration.simpleName()));
            migration
                    .content()
                    .permission()
                    .filter(permission -> permission.because().isBlank())
                    .ifPresent(permission -> findings.add(
                            Message.PERMISSION_WITHOUT_REASON, permission.origin(), migration.simpleName()));
        }
    }
}
