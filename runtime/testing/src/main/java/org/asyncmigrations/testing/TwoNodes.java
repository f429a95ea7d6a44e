package org.asyncmigrations.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.batch.RangeSplitter;
import org.asyncmigrations.batch.RangeSplitter.Stretch;
import org.asyncmigrations.dispatch.Rehearsal;
import org.asyncmigrations.product.Trouble;

/** Two nodes that begin at the same moment, each in its own thread. For a batch migration, also two that change every second batch each. */
final class TwoNodes {
    private static final String ADVICE =
            "two nodes work at the same time; let migrate() write rows with one statement that reads what it needs"
                    + " (set(X, Y.plus(…))), or lock what it reads (forUpdate(), batch.update), and keep nothing in"
                    + " statics";

    /** Enough tries for two nodes that block each other. */
    private static final int TRIES = 50;

    /** The number of batches for each of the two. */
    private static final int BATCHES = 4;

    private final Subject subject;

    TwoNodes(Subject subject) {
        this.subject = subject;
    }

    /** The work of one of the two. */
    @FunctionalInterface
    private interface Part {
        void play(int node) throws Exception;
    }

    void run() throws Throwable {
        subject.reset();
        atOnce(this::oneOfTwo);
        subject.compare("with two nodes at once", ADVICE);
        if (subject.isBatch()) {
            sideBySide();
        }
    }

    private void oneOfTwo(int number) throws Exception {
        Node node = subject.node(Node.Options.PLAIN);
        Dispatch.Outcome outcome = node.runBeside(subject.bench().plan().within());
        subject.requireDone(node, outcome, " next to another node");
    }

    private void sideBySide() throws Throwable {
        int size = Math.max(1, Pieces.rows(subject) / (2 * BATCHES));
        subject.reset();
        List<Stretch> stretches = new ArrayList<>();
        BatchMigration migration = (BatchMigration) subject.rehearsal().create(subject.entry());
        subject.rehearsal()
                .play(
                        subject.entry(),
                        work -> stretches.addAll(
                                RangeSplitter.of(migration, work).of(work.dsl(), size)));
        atOnce(number -> everySecond(stretches, number));
        subject.compare("with batches side by side", ADVICE);
    }

    private void everySecond(List<Stretch> stretches, int first) throws Exception {
        Rehearsal rehearsal = subject.rehearsal();
        BatchMigration migration = (BatchMigration) rehearsal.create(subject.entry());
        for (int i = first; i < stretches.size(); i += 2) {
            Stretch stretch = stretches.get(i);
            untilNobodyIsInTheWay(() -> rehearsal.play(
                    subject.entry(), work -> RangeSplitter.of(migration, work).change(work, stretch)));
        }
    }

    /** Work on the database. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static void untilNobodyIsInTheWay(Work work) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                work.run();
                return;
            } catch (Exception failure) {
                Trouble trouble = Trouble.of(failure);
                if (tries >= TRIES || (trouble != Trouble.LOCK && trouble != Trouble.CONFLICT)) {
                    throw failure;
                }
                Thread.yield();
            }
        }
    }

    private static void atOnce(Part part) throws Throwable {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            int node = number;
            Thread thread = new Thread(
                    () -> {
                        try {
                            together.await();
                            part.play(node);
                        } catch (Throwable failure) {
                            synchronized (failures) {
                                failures.add(failure);
                            }
                        }
                    },
                    "async-migrations-test-node-" + node);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
