package org.asyncmigrations.processor.check;

import java.util.Optional;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Marker;
import org.asyncmigrations.processor.model.Migration;

/** Without {@code pending()} nothing tells whether old instances have written rows behind the walk. */
final class UnsealedBatch implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            // With By.PENDING_ROWS it is an error already.
            boolean saidAlready = migration.marker().flatMap(Marker::by).equals(Optional.of(By.PENDING_ROWS));
            if (migration.lineage().isBatch() && !migration.lineage().overridesPending() && !saidAlready) {
                findings.add(Message.UNSEALED_BATCH, migration, migration.origin(), migration.simpleName());
            }
        }
    }
}
