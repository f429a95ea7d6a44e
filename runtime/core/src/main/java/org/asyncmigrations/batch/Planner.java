package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.BackfillPlan.Size;
import org.asyncmigrations.BackfillPlan.Walk;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Start;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Explained;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.WalkSoFar;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Plans what a walk is going to do. Thread-safe. */
public final class Planner {
    private final WalkSettings settings;

    /**
     * Creates a planner.
     *
     * @param settings how ranges are walked
     */
    public Planner(WalkSettings settings) {
        this.settings = settings;
    }

    /**
     * A walk to plan.
     *
     * @param entry this build's migration
     * @param migration the user's code
     * @param soFar its progress, null if it has no row yet
     */
    public record Subject(
            MigrationEntry entry,
            BatchMigration migration,
            @Nullable WalkSoFar soFar) {
        State state() {
            State state = soFar == null ? null : soFar.row().state();
            return state == null ? State.CREATED : state;
        }

        /** What it waits for before it begins, now or after its registration; null for nothing. */
        @Nullable
        String waitsFor() {
            if (soFar != null) {
                return soFar.row().beginning().reason();
            }
            if (entry.start() == Start.ON_APPROVAL) {
                return MigrationRow.Beginning.APPROVAL;
            }
            return entry.startsAfter().isEmpty() ? null : "starts " + entry.startsAfter() + " after its registration";
        }

        /** Whether the walk so far used another key. It then starts again. */
        private boolean isOfOtherKey(KeySpace space) {
            String key = soFar == null ? null : soFar.row().walk().key();
            return key != null && !key.equals(WalkKey.of(space));
        }

        /** Keys that a continuing walk has passed; 0 if all ranges of a pass are finished and another pass follows. */
        long walked(KeySpace space) {
            if (soFar == null || isOfOtherKey(space)) {
                return 0;
            }
            MigrationRow.Walk walk = soFar.row().walk();
            boolean isOver = walk.atEnd() && !soFar.isOpen();
            boolean isProven = !space.hasPending() || walk.pass() > 1 && walk.found() == 0;
            return isOver && !isProven ? 0 : soFar.keys();
        }

        long remembered() {
            return soFar == null ? 0 : soFar.row().walk().batchSize();
        }

        @Nullable
        Key frontier(KeySpace space) {
            String frontier = soFar == null || soFar.row().walk().atEnd() || isOfOtherKey(space)
                    ? null
                    : soFar.row().walk().frontier();
            return frontier == null ? null : space.read(frontier);
        }
    }

    /** What was read from the database: the key, and the plan as far as it is known without a trial. */
    private record Reading(KeySpace space, BackfillPlan plan) {}

    /**
     * Plans a walk, and changes nothing.
     *
     * @param subject the walk
     * @param session the caller's session, with no open transaction
     * @return the plan
     * @throws Exception if the table can't be walked by the migration's key, or the database can't be asked; says why
     */
    public BackfillPlan plan(Subject subject, Session session) throws Exception {
        return read(subject, session).plan;
    }

    /**
     * Plans a walk, and runs some batches that are rolled back.
     *
     * @param subject the walk
     * @param session the caller's session, with no open transaction
     * @return the plan
     * @throws Exception as {@link #plan}, or as thrown by the migration
     */
    public BackfillPlan trial(Subject subject, Session session) throws Exception {
        Reading reading = read(subject, session);
        KeySpace space = reading.space;
        Trial.Result tried = new Trial(settings, subject.entry, space, subject.remembered())
                .run(session, subject.migration, subject.frontier(space));
        BackfillPlan plan = reading.plan;
        return new BackfillPlan(
                plan.migration(),
                plan.state(),
                plan.walk(),
                plan.size(),
                pace(plan, tried),
                plan.waitsFor(),
                plan.independent());
    }

    private static BackfillPlan.Pace pace(BackfillPlan plan, Trial.Result tried) {
        long left = plan.size().left();
        Trial.Tried last = tried.last();
        if (last == null) {
            return unknown(left, plan.pace().batchRows(), "unknown: " + tried.hindrance());
        }
        String because = String.format(
                Locale.ROOT,
                "in a trial of %,d batches one worker took %,d ms for the last %,d rows, without commits",
                tried.batches(),
                last.took().toMillis(),
                last.keys());
        return new BackfillPlan.Pace(
                tried.size(), batches(left, tried.size()), scaled(last.took(), left, last.keys()), because);
    }

    private static Reading read(Subject subject, Session session) throws Exception {
        session.begin(Limits.STATE);
        try (UserWork work = session.userWork(Limits.STATE)) {
            DSLContext dsl = work.own();
            KeySpace space = KeySpaces.resolve(subject.migration, work);
            long rows = space.estimate(dsl);
            KeyIndexes indexes = KeyIndexes.read(space, dsl);
            indexes.require(space, dsl, rows);
            Size size = new Size(rows, pending(space, dsl, rows), subject.walked(space));
            Walk walk = walk(space, dsl, indexes.serving(), subject.frontier(space));
            return new Reading(
                    space,
                    new BackfillPlan(
                            subject.entry.toString(),
                            subject.state(),
                            walk,
                            size,
                            pace(subject, size),
                            subject.waitsFor(),
                            subject.entry.independent()));
        } finally {
            session.rollback();
        }
    }

    /** Plans the statements between two real keys of the table, since the planner looks at the values. */
    private static Walk walk(KeySpace space, DSLContext dsl, @Nullable String index, @Nullable Key frontier) {
        Key first = space.end(dsl, frontier, null, 1);
        Key last = first == null ? null : space.end(dsl, first, null, Pace.FIRST);
        Explained end = space.product().explain(dsl, space.endQuery(dsl, first, null, Pace.FIRST));
        Explained rows = space.product()
                .explain(dsl, dsl.select(DSL.asterisk()).from(space.table()).where(space.rows(first, last)));
        return new Walk(
                space.table().toString().replace("\"", ""),
                space.positions() != null
                        ? List.of()
                        : space.columns().stream()
                                .map(column -> column.name() + (space.isDescending() ? " desc" : ""))
                                .toList(),
                index,
                end.sortedByIndex(),
                new BackfillPlan.Statement(end.sql(), end.plan()),
                new BackfillPlan.Statement(rows.sql(), rows.plan()));
    }

    private static @Nullable Long pending(KeySpace space, DSLContext dsl, long rows) {
        Condition pending = space.pending();
        if (pending == null || space.product().hasColumnsWithoutStatistics(dsl, space.shape())) {
            return null;
        }
        long expected = space.product()
                .explain(dsl, dsl.selectOne().from(space.table()).where(pending))
                .rows();
        // PostgreSQL's planner estimates from what the files may hold, including old row versions.
        return expected == Explained.UNKNOWN ? null : Long.valueOf(Math.min(expected, rows));
    }

    private static BackfillPlan.Pace pace(Subject subject, Size size) {
        long batchRows = subject.remembered() > 0 ? subject.remembered() : Pace.FIRST;
        WalkSoFar soFar = subject.soFar;
        long all = soFar == null ? 0 : soFar.before() + soFar.keys();
        if (soFar == null || all == 0 || soFar.took().isZero() || size.rows() == 0) {
            return unknown(size.left(), batchRows, "unknown before it has begun; trial() measures it");
        }
        String because = String.format(
                Locale.ROOT,
                "so far %,d rows in %,d s, waits included",
                all,
                Math.max(1, soFar.took().toSeconds()));
        return new BackfillPlan.Pace(
                batchRows, batches(size.left(), batchRows), scaled(soFar.took(), size.left(), all), because);
    }

    private static BackfillPlan.Pace unknown(long left, long batchRows, String because) {
        return new BackfillPlan.Pace(batchRows, batches(left, batchRows), null, because);
    }

    private static long batches(long rows, long batchRows) {
        return (rows + batchRows - 1) / batchRows;
    }

    private static Duration scaled(Duration took, long rows, long of) {
        return Duration.ofNanos((long) ((double) took.toNanos() * rows / of));
    }
}
