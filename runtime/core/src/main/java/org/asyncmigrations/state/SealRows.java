package org.asyncmigrations.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.jooq.Condition;

/**
 * Sealing: before an after-release migration begins, the migrations that it depends on are walked again. Such a walk has its own
 * row, whose version is the negative version of the walked migration. So it has claims, ranges, a cursor and a fence like any
 * other, while the migration itself stays {@code done}. The row refers to one opening of the gate by the after-release migration's
 * version and its token, which grows when the gate is closed. Stateless and thread-safe.
 */
public final class SealRows {
    private SealRows() {}

    /**
     * The entry of the walk that seals a migration.
     *
     * @param sealed the migration that is walked again
     * @param opened the after-release migration that waits for it
     * @return an entry with the same code; independent if the after-release migration is
     */
    public static MigrationEntry entry(MigrationEntry sealed, MigrationEntry opened) {
        MigrationEntry walk = MigrationEntry.async(
                        -sealed.version(), sealed.name(), sealed.marker(), sealed.fingerprint())
                .after(sealed.version())
                .writing(sealed.writes().toArray(String[]::new));
        return opened.independent() ? walk.independently() : walk;
    }

    /**
     * Whether a row is a walk for the current opening of a gate.
     *
     * @param seal the row of the walk
     * @param opened the after-release migration's row
     * @return false if it belongs to an opening that was taken back, or to another migration
     */
    public static boolean belongs(MigrationRow seal, MigrationRow opened) {
        return seal.gate().sealed().equals(List.of(opened.version(), opened.token()));
    }

    /**
     * Whether a walk is still needed: the opening of the gate that it belongs to is still valid.
     *
     * @param tx the transaction
     * @param seal the row of the walk
     * @return false if the gate was closed, or its migration has begun, is paused or no longer exists
     */
    public static boolean isWanted(StateTransaction tx, MigrationRow seal) {
        List<Long> names = seal.gate().sealed();
        MigrationRow opened = names.size() == 2 ? MigrationRows.find(tx, names.get(0)) : null;
        return opened != null
                && opened.token() == names.get(1)
                && opened.gate().openedAt() != null
                && !opened.gate().begun()
                && !opened.paused()
                && (opened.state() == State.CREATED || opened.state() == State.PENDING);
    }

    /**
     * Registers the walk.
     *
     * @param tx the transaction
     * @param opened the after-release migration as read
     * @param seal the walk's {@link #entry}
     * @param build this build
     * @return whether the gate was still open as read
     * @throws org.jooq.exception.IntegrityConstraintViolationException if another instance has just registered it
     */
    public static boolean register(StateTransaction tx, MigrationRow opened, MigrationEntry seal, String build) {
        SchemaMigrations<?> t = tx.tables().migrations();
        // Locks the after-release migration's row first, like the code that closes the gate.
        boolean open = tx.dsl()
                        .update(t)
                        .set(t.UPDATED_AT, tx.now())
                        .where(asRead(tx, opened))
                        .execute()
                == 1;
        if (open) {
            MigrationRows.register(tx, List.of(seal), build);
            tx.dsl()
                    .update(t)
                    .set(t.SEALED, VersionList.write(List.of(opened.version(), opened.token())))
                    .where(t.VERSION.eq(seal.version()))
                    .execute();
        }
        return open;
    }

    /**
     * Records that a migration is sealed, and deletes the walk.
     *
     * @param tx the transaction
     * @param opened the after-release migration as read
     * @param sealed the migration that was walked again, or doesn't need to be
     * @param detail what was found
     * @return whether the gate was still open as read
     */
    public static boolean finish(StateTransaction tx, MigrationRow opened, MigrationEntry sealed, String detail) {
        SchemaMigrations<?> t = tx.tables().migrations();
        List<Long> all = new ArrayList<>(opened.gate().sealed());
        all.add(sealed.version());
        boolean written = tx.dsl()
                        .update(t)
                        .set(t.SEALED, VersionList.write(all))
                        .setNull(t.THROTTLED)
                        .set(t.UPDATED_AT, tx.now())
                        .where(asRead(tx, opened))
                        .and(
                                opened.gate().sealed().isEmpty()
                                        ? t.SEALED.isNull()
                                        : t.SEALED.eq(
                                                VersionList.write(opened.gate().sealed())))
                        .execute()
                == 1;
        if (written) {
            RejectRows.keepAccepted(tx, -sealed.version());
            forget(tx, -sealed.version());
            tx.record(opened.version(), "sealed", null, null, detail);
        }
        return written;
    }

    private static Condition asRead(StateTransaction tx, MigrationRow opened) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return t.VERSION
                .eq(opened.version())
                .and(t.RUN_ID.eq(opened.code().runId()))
                .and(t.TOKEN.eq(opened.token()))
                .and(t.GATE_OPENED_AT.isNotNull())
                .and(GateRows.notBegun(t));
    }

    /**
     * Deletes a walk. Claims on it become void.
     *
     * @param tx the transaction
     * @param version the walk's version, which is negative
     */
    public static void forget(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> ranges = tx.tables().ranges();
        if (version < 0) {
            tx.dsl().deleteFrom(t).where(t.VERSION.eq(version)).execute();
            tx.dsl().deleteFrom(ranges).where(ranges.VERSION.eq(version)).execute();
            RejectRows.forget(tx, version);
        }
    }

    /** Deletes all walks that belong to an after-release migration. */
    static void forgetOf(StateTransaction tx, long opened) {
        of(tx, opened).forEach(version -> forget(tx, version));
    }

    /**
     * The walks that belong to an after-release migration.
     *
     * @param tx the transaction
     * @param opened the after-release migration
     * @return their versions, which are negative
     */
    public static List<Long> of(StateTransaction tx, long opened) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl().select(t.VERSION, t.SEALED).from(t).where(t.VERSION.lt(0L)).fetch().stream()
                .filter(row -> VersionList.read(row.get(t.SEALED)).indexOf(opened) == 0)
                .map(row -> row.get(t.VERSION))
                .toList();
    }

    /** {@return the after-release migration of each walk, by the walk's version} */
    static Map<Long, Long> opened(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Long, Long> opened = new HashMap<>();
        tx.dsl().select(t.VERSION, t.SEALED).from(t).where(t.VERSION.lt(0L)).forEach(row -> {
            List<Long> names = VersionList.read(row.get(t.SEALED));
            if (!names.isEmpty()) {
                opened.put(row.get(t.VERSION), names.get(0));
            }
        });
        return opened;
    }

    /**
     * A migration and the walks that belong to it: orders and queries about an after-release migration apply to them too.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the walks' versions, then its own
     */
    public static List<Long> with(StateTransaction tx, long version) {
        List<Long> versions = new ArrayList<>(of(tx, version));
        versions.add(version);
        return versions;
    }

    /**
     * Whether an operator has skipped a migration. Sealing must not run it on rows that it was not meant to change.
     *
     * @param tx the transaction
     * @param version the migration
     * @return whether it was ever skipped
     */
    public static boolean wasSkipped(StateTransaction tx, long version) {
        MigrationEvents<?> e = tx.tables().events();
        return tx.dsl().fetchExists(e, e.VERSION.eq(version).and(e.EVENT.eq(Transition.SKIP.event())));
    }
}
