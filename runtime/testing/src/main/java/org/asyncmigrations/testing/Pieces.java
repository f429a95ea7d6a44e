package org.asyncmigrations.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.batch.RangeSplitter;
import org.asyncmigrations.batch.RangeSplitter.Stretch;
import org.asyncmigrations.dispatch.Rehearsal;
import org.junit.jupiter.api.DynamicNode;

/** A batch migration has the same result in any batches, and its batches cover everything that must change. */
final class Pieces {
    /** With more rows than this, they aren't walked one by one, since each would be a transaction. */
    private static final int ONE_BY_ONE = 300;

    /** A prime number, so that its batches end at other rows than those of round sizes. */
    private static final int SMALL = 7;

    /** Enough to have different orders. */
    private static final int PARTS = 6;

    private final Subject subject;

    private Pieces(Subject subject) {
        this.subject = subject;
    }

    static Stream<DynamicNode> of(Subject subject) {
        Pieces pieces = new Pieces(subject);
        Stream<DynamicNode> all = Stream.of(
                Suite.test(subject, "the batch size doesn't matter", pieces::sizes),
                Suite.test(subject, "the order of batches doesn't matter", pieces::orders));
        boolean mayLeaveOut = subject.bench()
                .plan()
                .allowances()
                .leavesOut()
                .contains(subject.entry().version());
        return mayLeaveOut
                ? all
                : Stream.concat(all, Stream.of(Suite.test(subject, "pending() forgets no row", pieces::leftOut)));
    }

    private void sizes() throws Exception {
        int rows = rows(subject);
        List<Integer> sizes = new ArrayList<>(List.of(SMALL, Math.max(1, rows)));
        if (rows <= ONE_BY_ONE) {
            sizes.add(0, 1);
        }
        for (int size : sizes) {
            run(
                    size,
                    UnaryOperator.identity(),
                    "in batches of " + size,
                    "the result depends on the batch size, which the database's speed decides; let migrate() change"
                            + " each row by that row's own values, not by its place in the batch or by the batch's"
                            + " other rows, and use all rows of batch.rows()");
        }
    }

    private void orders() throws Exception {
        int size = Math.max(1, rows(subject) / PARTS);
        String advice =
                "the result depends on the order of the batches, which is not fixed with several workers and nodes; let"
                        + " migrate() change each row by that row's own values, or make it a DataMigration";
        run(size, Pieces::fromTheEnd, "with batches from the end", advice);
        run(size, Pieces::shuffled, "with batches in a mixed order", advice);
    }

    private static List<Stretch> fromTheEnd(List<Stretch> stretches) {
        List<Stretch> reversed = new ArrayList<>(stretches);
        Collections.reverse(reversed);
        return reversed;
    }

    /** With a fixed seed, so that a failure occurs again. */
    private static List<Stretch> shuffled(List<Stretch> stretches) {
        List<Stretch> shuffled = new ArrayList<>(stretches);
        Collections.shuffle(shuffled, new Random(1));
        return shuffled;
    }

    /** {@return the current number of rows in the table} */
    static int rows(Subject subject) throws Exception {
        subject.reset();
        Rehearsal rehearsal = subject.rehearsal();
        BatchMigration migration = (BatchMigration) rehearsal.create(subject.entry());
        int[] rows = new int[1];
        rehearsal.play(
                subject.entry(),
                work -> rows[0] = RangeSplitter.of(migration, work).count(work.dsl()));
        return rows[0];
    }

    private void run(int size, UnaryOperator<List<Stretch>> order, String when, String advice) throws Exception {
        subject.reset();
        Rehearsal rehearsal = subject.rehearsal();
        BatchMigration migration = (BatchMigration) rehearsal.create(subject.entry());
        List<Stretch> stretches = new ArrayList<>();
        RangeSplitter[] all = new RangeSplitter[1];
        rehearsal.play(subject.entry(), work -> {
            all[0] = RangeSplitter.of(migration, work);
            stretches.addAll(all[0].of(work.dsl(), size));
        });
        for (Stretch stretch : order.apply(stretches)) {
            rehearsal.play(subject.entry(), work -> all[0].change(work, stretch));
        }
        subject.compare(when, advice);
    }

    private void leftOut() throws Exception {
        String wrong = LeftOut.finding(subject);
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
    }
}
