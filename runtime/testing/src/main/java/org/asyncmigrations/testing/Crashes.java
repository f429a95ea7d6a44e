package org.asyncmigrations.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.testing.Point.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;

/**
 * A node may be killed anywhere: what it has not committed is gone, and another node finishes the migration. For the database, a
 * crash after a statement is the same as one before the next.
 */
final class Crashes {
    /** The least number of batches of a batch migration, so that there are places between them. */
    private static final int BATCHES = 3;

    /** If a run has more places than this, only every n-th statement is tried, and all commits. Each place takes two runs. */
    private static final int PLACES = 200;

    /** The same for a run in transactions: what isn't committed is gone, wherever in its transaction the node crashes. */
    private static final int PLACES_IN_TRANSACTIONS = 20;

    /** The successor starts when the dead node's claim has expired. */
    private static final Duration LATER = Duration.ofMinutes(2);

    private final Subject subject;
    private final long batchSize;
    private final Recorder recorded = new Recorder();

    private Crashes(Subject subject, long batchSize) {
        this.subject = subject;
        this.batchSize = batchSize;
    }

    static Stream<DynamicNode> of(Subject subject) {
        try {
            Crashes crashes =
                    new Crashes(subject, subject.isBatch() ? Math.max(1, Pieces.rows(subject) / (2L * BATCHES)) : 0);
            crashes.record();
            return crashes.tests();
        } catch (Throwable failure) {
            return Stream.of(Suite.test(subject, "crashes are tried", () -> {
                throw failure;
            }));
        }
    }

    /** Records the points that a run passes, and the rows after each commit. */
    private final class Recorder implements Points {
        final List<Point> points = new ArrayList<>();
        final List<Content> committed = new ArrayList<>();
        private boolean on;

        @Override
        public void event(String what) {
            on = isOn(what, on);
            if (what.equals("ready")) {
                committed.add(now());
            }
        }

        @Override
        public void before(Point point) {
            if (on) {
                points.add(point);
            }
        }

        @Override
        public void after(Point point) {
            if (on && point.commits()) {
                committed.add(now());
            }
        }

        private Content now() {
            try {
                return subject.bench().content();
            } catch (java.sql.SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Before its turn and after its end, a migration does nothing. */
    private static boolean isOn(String event, boolean was) {
        return event.equals("ready") || (was && !event.equals("done"));
    }

    /** Kills its node at a point, or after the last. */
    private final class Killer implements Points {
        private final int at;
        private int passed;
        private boolean on;
        private @Nullable Node node;

        Killer(int at) {
            this.at = at;
        }

        @Override
        public void event(String what) {
            on = isOn(what, on);
        }

        @Override
        public void before(Point point) {
            if (on && passed++ == at) {
                kill();
            }
        }

        @Override
        public void after(Point point) {
            if (on && at == recorded.points.size() && passed == at) {
                kill();
            }
        }

        private void kill() {
            if (node != null) {
                node.source().kill();
                throw new Cut();
            }
        }
    }

    private void record() throws Exception {
        subject.reset();
        subject.runAndCompare(
                new Node.Options(recorded, batchSize, null, Duration.ZERO),
                "in batches of " + batchSize,
                "the result depends on the batch size");
    }

    private Stream<DynamicNode> tests() {
        return IntStream.rangeClosed(0, recorded.points.size())
                .filter(this::isTried)
                .mapToObj(at -> Suite.test(subject, name(at), () -> crash(at)));
    }

    private boolean isTried(int at) {
        int step = 1 + recorded.points.size() / (subject.entry().transactional() ? PLACES_IN_TRANSACTIONS : PLACES);
        return at % step == 0
                || at == recorded.points.size()
                || recorded.points.get(at).kind() == Kind.COMMIT;
    }

    private String name(int at) {
        boolean isStatement =
                at < recorded.points.size() && recorded.points.get(at).kind() == Kind.STATEMENT;
        return place(at) + (isStatement ? ": " + recorded.points.get(at).shortSql() : "");
    }

    private String place(int at) {
        if (at == recorded.points.size()) {
            return "crash after the last commit";
        }
        Point point = recorded.points.get(at);
        boolean isCommit = point.kind() == Kind.COMMIT;
        long number = 1 + count(point.kind(), at);
        long all = count(point.kind(), recorded.points.size());
        return "crash before " + (isCommit ? "commit " : "statement ") + number + " of " + all;
    }

    private long count(Kind kind, int before) {
        return recorded.points.stream()
                .limit(before)
                .filter(point -> point.kind() == kind)
                .count();
    }

    private void crash(int at) throws Exception {
        subject.reset();
        Killer killer = new Killer(at);
        Node killed = subject.node(new Node.Options(killer, batchSize, null, Duration.ZERO));
        killer.node = killed;
        killed.run();
        String when = "after a " + place(at);
        if (killed.source().isDead()) {
            requireRolledBack(at, when);
        }
        Node successor = subject.node(new Node.Options(Points.NONE, 0, null, LATER));
        Dispatch.Outcome outcome = successor.run();
        subject.requireDone(successor, outcome, " on the next node, " + when);
        subject.compare(
                when + ", after the next node has continued",
                subject.entry().transactional()
                        ? "repeated work must lead to the same result: the work and its record must commit together, so"
                                + " use only run.dsl() or batch.dsl(), and keep nothing in fields between batches"
                        : "without a transaction, any part may already be done when it starts again: let each statement"
                                + " leave out what is done (where … is null), and let isDone() return true only when"
                                + " everything is done");
    }

    private void requireRolledBack(int at, String when) throws Exception {
        int commits =
                (int) recorded.points.stream().limit(at).filter(Point::commits).count();
        int own = subject.normal().ownConnections();
        subject.fail(
                Difference.between(subject.bench().content(), recorded.committed.get(commits)),
                when,
                "when that was rolled back",
                "a change has survived that was not committed with its record: migrate() writes on its own connection"
                        + (own > 0 ? " (it has opened " + own + " of the data source that its services got)" : "")
                        + ", or commits by itself; let it write only with run.dsl() or batch.dsl()");
    }
}
