package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Migration;

/** The marker that a class could have as it stands: what a message proposes. */
final class FittingMarker {
    private FittingMarker() {}

    static String of(Migration migration) {
        if (migration.lineage().guarded()) {
            return "@Idempotent(By.GUARD)";
        }
        if (migration.lineage().isBatch()) {
            return migration.lineage().overridesPending()
                    ? "@Idempotent(By.PENDING_ROWS)"
                    : "@Idempotent(By.PENDING_ROWS) and override pending()";
        }
        return migration.declaration().transactional()
                ? "@Idempotent(By.TRANSACTION)"
                : "@Idempotent(value = By.DECLARATION, because = \"…\")";
    }
}
