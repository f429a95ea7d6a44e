package org.asyncmigrations.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.jooq.Condition;

/**
 * The sealing passes: before an after-release migration begins, what it depends on is walked once more. Such a walk is a row of its
 * own, with the version of the migration that is walked below zero, so that it has claims, ranges, a cursor and a fence as any
 * other, while that migration stays {@code done}. It names the opening that it belongs to by the after-release migration and its
 * token, which grows when the gate is closed. Stateless and thread-safe.
 */
public final class SealRows {
    private SealRows() {}

    /**
     * The walk that seals a migration, as a migration.
     *
     * @param sealed the migration that is walked once more
     * @param opened the after-release migration that it is walked for
     * @return an entry of the same code, which is independent if the after-release migration is
     */
    public static MigrationEntry entry(MigrationEntry sealed, MigrationEntry opened) {
        MigrationEntry walk = MigrationEntry.async(
                        -sealed.version(), sealed.name(), sealed.marker(), sealed.fingerprint())
                .after(sealed.version())
                .writing(sealed.writes().toArray(String[]::new));
        return opened.independent() ? walk.independently() : walk;
    }

    /**
     * Whether a row is the walk that belongs to the present opening of a gate.
     *
     * @param seal the row of the walk
     * @param opened the after-release migration's
     * @return false for one of an opening that was taken back, or of another migration
     */
    public static boolean belongs(MigrationRow seal, MigrationRow opened) {
        return seal.gate().sealed().equals(List.of(opened.version(), opened.token()));
    }

    /**
     * Whether the opening that a walk belongs to still stands, and the walk goes on for it.
     *
     * @param tx the transaction
     * @param seal the row of the walk
     * @return false if the gate was closed, or its migration has begun, is paused or gone
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
     * @throws org.jooq.exception.IntegrityConstraintViolationException when another instance has registered it just now
     */
    public static boolean register(StateTransaction tx, MigrationRow opened, MigrationEntry seal, String build) {
        SchemaMigrations<?> t = tx.tables().migrations();
        // The after-release migration's row first, as whoever closes the gate does.
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
     * Writes down that a migration is sealed, and forgets the walk.
     *
     * @param tx the transaction
     * @param opened the after-release migration as read
     * @param sealed the migration that was walked once more, or needs it not
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
     * Forgets a walk: no claim on it holds any more.
     *
     * @param tx the transaction
     * @param version the walk's, below zero
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

    /** Forgets all walks that belong to an after-release migration. */
    static void forgetOf(StateTransaction tx, long opened) {
        of(tx, opened).forEach(version -> forget(tx, version));
    }

    /**
     * The walks that belong to an after-release migration.
     *
     * @param tx the transaction
     * @param opened the after-release migration
     * @return their versions, below zero
     */
    public static List<Long> of(StateTransaction tx, long opened) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl().select(t.VERSION, t.SEALED).from(t).where(t.VERSION.lt(0L)).fetch().stream()
                .filter(row -> VersionList.read(row.get(t.SEALED)).indexOf(opened) == 0)
                .map(row -> row.get(t.VERSION))
                .toList();
    }

    /** {@return the after-release migrations that the walks are for, by the walks' versions} */
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
     * The walks that belong to a migration, and the migration itself: what is asked of an after-release migration is asked of them
     * too.
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
     * Whether an operator has done without a migration: it is not run on rows that it was not to touch.
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
