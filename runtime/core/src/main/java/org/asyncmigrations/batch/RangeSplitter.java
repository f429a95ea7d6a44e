package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.session.UserWork;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A migration's table cut into stretches of its key, each changed separately. This is for tests, which change them in any order and
 * size, and also the rows that {@code pending()} leaves out. It is no walk, and records nothing. Immutable and thread-safe.
 */
public final class RangeSplitter {
    private final BatchMigration migration;
    private final KeySpace pending;
    private final KeySpace others;

    private RangeSplitter(BatchMigration migration, KeySpace pending, KeySpace others) {
        this.migration = migration;
        this.pending = pending;
        this.others = others;
    }

    /**
     * A stretch of the key.
     *
     * @param after the key after which it begins, null for the table's beginning
     * @param upTo its last key, null for the rest of the table
     */
    public record Stretch(@Nullable String after, @Nullable String upTo) {}

    /**
     * The stretches of a migration's table.
     *
     * @param migration the user's code
     * @param work access to the database
     * @return the stretches
     * @throws RuntimeException if the table can't be walked by the migration's key; says why
     */
    public static RangeSplitter of(BatchMigration migration, UserWork work) {
        KeySpace pending = KeySpaces.resolve(migration, work);
        KeySpace others = pending.pending() == null
                ? pending
                : KeySpace.of(
                        migration.key(),
                        DSL.condition("({0}) is not true", pending.pending()),
                        work.product(),
                        work.own());
        return new RangeSplitter(migration, pending, others);
    }

    /** {@return whether the migration defines which rows are pending} */
    public boolean hasPending() {
        return pending.hasPending();
    }

    /**
     * Counts the table's rows.
     *
     * @param dsl access to the database
     * @return the number of rows
     */
    public int count(DSLContext dsl) {
        return dsl.fetchCount(pending.table());
    }

    /**
     * Cuts the whole table.
     *
     * @param dsl access to the database
     * @param keys how many keys a stretch has
     * @return the stretches, in the order of the key; the last one is open
     */
    public List<Stretch> of(DSLContext dsl, long keys) {
        List<Stretch> all = first(dsl, keys, Integer.MAX_VALUE);
        all.add(new Stretch(all.isEmpty() ? null : all.get(all.size() - 1).upTo(), null));
        return all;
    }

    /**
     * Cuts only the beginning of the table.
     *
     * @param dsl access to the database
     * @param keys how many keys a stretch has
     * @param most the most stretches
     * @return the first stretches, in the order of the key; none is open
     */
    public List<Stretch> first(DSLContext dsl, long keys, int most) {
        List<Stretch> all = new ArrayList<>();
        Key after = null;
        Key end = pending.end(dsl, null, null, keys);
        while (end != null && all.size() < most) {
            all.add(new Stretch(written(after), written(end)));
            after = end;
            end = pending.end(dsl, after, null, keys);
        }
        return all;
    }

    /**
     * Calls {@code migrate()} for a stretch's pending rows.
     *
     * @param work the user's side of a transaction
     * @param stretch the stretch
     * @throws Exception as thrown by {@code migrate}
     */
    public void change(UserWork work, Stretch stretch) throws Exception {
        change(work, stretch, pending);
    }

    /**
     * Calls {@code migrate()} for a stretch's rows that {@code pending()} leaves out.
     *
     * @param work the user's side of a transaction
     * @param stretch the stretch
     * @throws Exception as thrown by {@code migrate}
     */
    public void changeOthers(UserWork work, Stretch stretch) throws Exception {
        change(work, stretch, others);
    }

    /** {@return the walked table} */
    public Table<?> table() {
        return pending.table();
    }

    /**
     * The condition on the key that a stretch's rows match.
     *
     * @param stretch the stretch
     * @return the condition
     */
    public Condition rows(Stretch stretch) {
        return pending.range(read(stretch.after()), read(stretch.upTo()));
    }

    /**
     * Whether the row of a stretch is pending.
     *
     * @param dsl access to the database
     * @param stretch a stretch of one row
     * @return the value of the condition for that row, null if it is NULL
     */
    public @Nullable Boolean isPending(DSLContext dsl, Stretch stretch) {
        Condition rows = rows(stretch);
        if (dsl.fetchExists(table(), pending.pendingOf(rows))) {
            return true;
        }
        Condition unknown = DSL.condition("({0}) is null", pending.pending());
        return dsl.fetchExists(table(), rows.and(unknown)) ? null : false;
    }

    private void change(UserWork work, Stretch stretch, KeySpace space) throws Exception {
        Condition keys = space.range(read(stretch.after()), read(stretch.upTo()));
        // No one else works on a test's tables, so the statements may report the rows that the batch has now.
        Condition rows = space.pendingOf(keys);
        long count = work.own().fetchCount(space.table(), rows);
        try {
            migrate(work, space, keys, new Allowance(count, false));
        } catch (BatchOverrun overrun) {
            work.undo();
            new OverrunProof(migration, space, work).require(overrun, rows);
            migrate(work, space, keys, Allowance.ANY);
        }
    }

    private void migrate(UserWork work, KeySpace space, Condition keys, Allowance allowance) throws Exception {
        new KeyedRowBatch(work.dsl(), work.own(), space, KeyedRowBatch.Part.of(keys, null, allowance))
                .migrate(migration, work);
    }

    private @Nullable String written(@Nullable Key key) {
        return key == null ? null : pending.write(key);
    }

    private @Nullable Key read(@Nullable String key) {
        return key == null ? null : pending.read(key);
    }
}
