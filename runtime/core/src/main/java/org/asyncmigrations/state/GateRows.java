package org.asyncmigrations.state;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The gate's changes to an after-release migration's row. They require that the migration was never claimed, and a claim requires
 * the row's token, which closing changes. So whichever commits first, the other notices. Stateless and thread-safe.
 */
public final class GateRows {
    private GateRows() {}

    /**
     * Opens the gate of a migration.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param told whether a mode or a forced order opens it; then the instances aren't checked again before the migration begins
     * @param because why, for the event
     * @return whether it was closed
     */
    public static boolean open(StateTransaction tx, MigrationRow row, boolean told, String because) {
        SchemaMigrations<?> t = tx.tables().migrations();
        boolean opened = tx.dsl()
                        .update(t)
                        .set(t.GATE_OPENED_AT, tx.now())
                        .set(t.SEALED, told ? VersionList.write(List.of(MigrationRow.Gate.TOLD)) : null)
                        .setNull(t.THROTTLED)
                        .set(t.UPDATED_AT, tx.now())
                        .where(t.VERSION.eq(row.version()))
                        .and(t.RUN_ID.eq(row.code().runId()))
                        .and(t.GATE_OPENED_AT.isNull())
                        .and(notBegun(t))
                        .execute()
                == 1;
        if (opened) {
            tx.record(row.version(), "gate opened", null, null, because);
        }
        return opened;
    }

    /**
     * Closes the gate of a migration that hasn't begun. Claims based on the row as read before are void, and sealing starts over.
     *
     * @param tx the transaction
     * @param version the migration
     * @param because why, for the event
     * @return whether it was open, and the migration had not begun
     */
    public static boolean close(StateTransaction tx, long version, String because) {
        SchemaMigrations<?> t = tx.tables().migrations();
        boolean closed = tx.dsl()
                        .update(t)
                        .setNull(t.GATE_OPENED_AT)
                        .setNull(t.SEALED)
                        .set(t.TOKEN, t.TOKEN.plus(1))
                        .set(t.UPDATED_AT, tx.now())
                        .where(t.VERSION.eq(version))
                        .and(t.GATE_OPENED_AT.isNotNull())
                        .and(notBegun(t))
                        .execute()
                == 1;
        if (closed) {
            SealRows.forgetOf(tx, version);
            tx.record(version, "gate closed", null, null, because);
        }
        return closed;
    }

    /**
     * A migration that waits for its gate.
     *
     * @param version the migration
     * @param registeredAt when it was registered
     * @param now the current time
     * @param shown the reason in its row, null for none
     */
    public record Closed(
            long version,
            Instant registeredAt,
            Instant now,
            @Nullable String shown) {
        /**
         * Whether its row already has this reason.
         *
         * @param reason why it waits
         * @return whether there is nothing to write
         */
        public boolean shows(String reason) {
            return MigrationRows.reasonText(reason).equals(shown);
        }
    }

    /**
     * Those of the given migrations that wait for their gates.
     *
     * @param tx the transaction
     * @param versions the migrations
     * @return by version
     */
    public static Map<Long, Closed> closed(StateTransaction tx, List<Long> versions) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl()
                .select(t.VERSION, t.CREATED_AT, tx.now().as("now"), t.THROTTLED)
                .from(t)
                .where(t.VERSION.in(versions))
                .and(t.GATE_OPENED_AT.isNull())
                .and(notBegun(t))
                .fetchMap(
                        row -> row.value1(),
                        row -> new Closed(
                                row.value1(),
                                row.value2().toInstant(ZoneOffset.UTC),
                                row.value3().toInstant(ZoneOffset.UTC),
                                row.value4()));
    }

    /**
     * Whether a migration was ever claimed.
     *
     * @param tx the transaction
     * @param version the migration
     * @return false also if it has no row
     */
    public static boolean hasBegun(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl().fetchExists(t, t.VERSION.eq(version).and(t.STARTED_AT.isNotNull()));
    }

    /**
     * Records what an instance has found out about itself.
     *
     * @param tx the transaction
     * @param version the migration, 0 for all of them
     * @param event what happened, in a word
     * @param detail why
     */
    public static void say(StateTransaction tx, long version, String event, String detail) {
        tx.record(version, event, null, null, detail);
    }

    static Condition notBegun(SchemaMigrations<?> t) {
        return t.STARTED_AT.isNull().and(t.STATE.in(State.CREATED.word(), State.PENDING.word()));
    }
}
