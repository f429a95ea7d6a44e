package org.asyncmigrations.processor.check;

import java.util.Optional;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Declaration;
import org.asyncmigrations.processor.model.IdempotencyMarker;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.SupertypeFacts;

/** Rules about what a migration declares for a second run, after a crash: it must fit the class's members. */
final class MarkerRules {
    private MarkerRules() {}

    static void missing(Migration migration, Findings findings) {
        if (migration.marker().isEmpty()) {
            findings.add(
                    Message.MISSING_IDEMPOTENCY, migration.origin(), migration.simpleName(), fittingMarker(migration));
        }
    }

    static void unfit(Migration migration, Findings findings) {
        String name = migration.simpleName();
        Declaration declaration = migration.declaration();
        SupertypeFacts supertypes = migration.supertypes();
        if (supertypes.isBatch() && !declaration.transactional()) {
            findings.add(Message.BATCHES_WITHOUT_TRANSACTION, declaration.transactionalOrigin(), name);
        }
        if (supertypes.kind() == Kind.SCHEMA) {
            migration
                    .marker()
                    .filter(marker ->
                            marker.by().filter(by -> by != By.DECLARATION).isPresent())
                    .ifPresent(marker -> findings.add(
                            Message.MARKER_OF_SCHEMA_CHANGE,
                            marker.byOrigin(),
                            marker.by().orElseThrow(),
                            name));
        }
        if (supertypes.kind() == Kind.DATA || supertypes.isBatch()) {
            String fitting = fittingMarker(migration);
            migration
                    .marker()
                    .ifPresent(marker -> marker.by()
                            .flatMap(by -> misfit(migration, by))
                            .ifPresent(message -> findings.add(message, marker.byOrigin(), name, fitting)));
        }
    }

    private static Optional<Message> misfit(Migration migration, By by) {
        SupertypeFacts supertypes = migration.supertypes();
        return switch (by) {
            case TRANSACTION ->
                supertypes.isBatch()
                        ? Optional.of(Message.TRANSACTION_OF_BATCHES)
                        : when(!migration.declaration().transactional(), Message.TRANSACTION_WITHOUT_ONE);
            case PENDING_ROWS ->
                supertypes.isBatch()
                        ? when(!supertypes.overridesPending(), Message.PENDING_ROWS_WITHOUT_PENDING)
                        : Optional.of(Message.PENDING_ROWS_WITHOUT_BATCHES);
            case GUARD -> when(!supertypes.guarded(), Message.GUARD_WITHOUT_GUARDED);
            case DECLARATION -> Optional.empty();
        };
    }

    private static Optional<Message> when(boolean holds, Message message) {
        return holds ? Optional.of(message) : Optional.empty();
    }

    /** {@return the marker that fits the class as it is; messages suggest it} */
    private static String fittingMarker(Migration migration) {
        if (migration.supertypes().guarded()) {
            return "@Idempotent(By.GUARD)";
        }
        if (migration.supertypes().isBatch()) {
            return migration.supertypes().overridesPending()
                    ? "@Idempotent(By.PENDING_ROWS)"
                    : "@Idempotent(By.PENDING_ROWS) and override pending()";
        }
        return migration.declaration().transactional()
                ? "@Idempotent(By.TRANSACTION)"
                : "@Idempotent(value = By.DECLARATION, because = \"…\")";
    }

    /** A declaration must have a reason. */
    static void reason(Migration migration, Findings findings) {
        migration
                .marker()
                .filter(marker -> marker.by().equals(Optional.of(By.DECLARATION))
                        && marker.because().value().isBlank())
                .ifPresent(marker -> findings.add(
                        Message.MISSING_REASON, marker.because().origin(), "By.DECLARATION", migration.simpleName()));
        migration
                .content()
                .permission()
                .filter(permission -> permission.value().isBlank())
                .ifPresent(permission -> findings.add(
                        Message.MISSING_REASON, permission.origin(), "@ChangesSchema", migration.simpleName()));
    }

    /** Without {@code pending()}, nobody knows whether old instances have written rows that the walk had already passed. */
    static void unsealed(Migration migration, Findings findings) {
        // With By.PENDING_ROWS, it is an error already.
        boolean reported = migration.marker().flatMap(IdempotencyMarker::by).equals(Optional.of(By.PENDING_ROWS));
        if (migration.supertypes().isBatch() && !migration.supertypes().overridesPending() && !reported) {
            findings.add(Message.UNSEALED_BATCH, migration.origin(), migration.simpleName());
        }
    }
}
