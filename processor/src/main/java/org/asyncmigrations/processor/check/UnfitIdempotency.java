package org.asyncmigrations.processor.check;

import java.util.Optional;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Lineage;
import org.asyncmigrations.processor.model.Marker;
import org.asyncmigrations.processor.model.Migration;

/** The marker has to be true, as far as the class's members tell. */
final class UnfitIdempotency implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            Lineage lineage = migration.lineage();
            if (lineage.isBatch() && !migration.declaration().transactional()) {
                findings.add(
                        Message.BATCHES_WITHOUT_TRANSACTION,
                        migration.declaration().transactionalOrigin(),
                        migration.simpleName());
            }
            if (lineage.kind() != Kind.UNKNOWN && lineage.kind() != Kind.NONE && lineage.kind() != Kind.BOTH) {
                migration.marker().ifPresent(marker -> check(migration, marker, findings));
            }
        }
    }

    private static void check(Migration migration, Marker marker, Findings findings) {
        marker.by()
                .flatMap(by -> misfit(migration, by))
                .ifPresent(message ->
                        findings.add(message, marker.byOrigin(), migration.simpleName(), FittingMarker.of(migration)));
    }

    private static Optional<Message> misfit(Migration migration, By by) {
        Lineage lineage = migration.lineage();
        return switch (by) {
            case TRANSACTION ->
                lineage.isBatch()
                        ? Optional.of(Message.TRANSACTION_OF_BATCHES)
                        : when(!migration.declaration().transactional(), Message.TRANSACTION_WITHOUT_ONE);
            case PENDING_ROWS ->
                lineage.isBatch()
                        ? when(!lineage.overridesPending(), Message.PENDING_ROWS_WITHOUT_PENDING)
                        : Optional.of(Message.PENDING_ROWS_WITHOUT_BATCHES);
            case GUARD -> when(!lineage.guarded(), Message.GUARD_WITHOUT_GUARDED);
            case DECLARATION -> Optional.empty();
        };
    }

    private static Optional<Message> when(boolean holds, Message message) {
        return holds ? Optional.of(message) : Optional.empty();
    }
}
