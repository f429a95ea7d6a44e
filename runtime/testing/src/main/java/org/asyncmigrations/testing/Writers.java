package org.asyncmigrations.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asyncmigrations.product.Trouble;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Writes rows while the migration runs. The writes come between two of its statements, and don't wait for locks. */
final class Writers {
    /** Places for the application's write, spread over the run. Each place is a run of its own. */
    private static final int PLACES = 16;

    private final Subject subject;
    private final Bench bench;

    Writers(Subject subject) {
        this.subject = subject;
        this.bench = subject.bench();
    }

    void run() throws Exception {
        TestRows application = bench.plan().writes();
        if (application == null) {
            rewriting();
        } else {
            amid(application);
        }
    }

    /** Before each statement, all rows that aren't locked are rewritten with their own values. */
    private void rewriting() throws Exception {
        subject.reset();
        Points rewriter = new Points() {
            @Override
            public void before(Point point) {
                bench.schema().tables().forEach(Writers.this::rewrite);
            }
        };
        Node node = subject.node(new Node.Options(rewriter, 0, null, Duration.ZERO));
        subject.requireDone(node, node.run(), " while others write the rows");
        Content normal = subject.normal().content();
        List<Difference> wrong = Difference.between(bench.content(), normal);
        if (!wrong.isEmpty()) {
            Set<String> counted = ofRewriting(normal);
            wrong.removeIf(difference -> counted.contains(difference.name()) || counted.contains(difference.table()));
        }
        subject.fail(
                wrong,
                "while others write the rows",
                "after the normal run",
                "the result depends on other writes to the rows, even if their values stay the same: do not read row"
                        + " versions");
    }

    /** {@return what such writes alone change, by a trigger or a clock: columns, and tables whose rows come or go} */
    private Set<String> ofRewriting(Content normal) throws Exception {
        bench.restore(subject.normal().copy());
        bench.schema().tables().forEach(this::rewrite);
        Set<String> changed = new HashSet<>();
        Difference.between(bench.content(), normal).forEach(difference -> changed.add(difference.name()));
        return changed;
    }

    private void rewrite(UserTable table) {
        Map<Field<?>, Field<?>> same = new LinkedHashMap<>();
        table.columns().stream()
                .filter(column -> !column.generated() && !table.key().contains(column.name()))
                .map(column -> DSL.field(column.quoted()))
                .forEach(field -> same.put(field, field));
        try {
            if (!same.isEmpty()) {
                bench.dsl().update(table.table()).set(same).execute();
            }
        } catch (DataAccessException locked) {
            // The migration has locked the rows. An application would wait here and write between later statements.
            return;
        }
    }

    private void amid(TestRows application) throws Exception {
        Content first = inOrder(true, application);
        Content last = inOrder(false, application);
        int passed = new Amid(application, Integer.MAX_VALUE).run();
        int step = Math.max(1, passed / PLACES);
        for (int place = 0; place < passed; place += step) {
            new Amid(application, place).run();
            List<Difference> wrong = Difference.between(bench.content(), first);
            wrong.removeIf(asAfter(Difference.between(bench.content(), last)));
            subject.fail(
                    wrong,
                    "with a write during the run",
                    "with the same write before it",
                    "the same write after the run does not lead to this either: one has overwritten the other; let the"
                            + " migration change a row with one statement (set(X, X.plus(…))), or lock the rows that it"
                            + " reads (forUpdate(), batch.update)");
        }
    }

    /** A difference to one order is allowed if the other order gives the same value. */
    private static java.util.function.Predicate<Difference> asAfter(List<Difference> toOther) {
        Set<String> places = new HashSet<>();
        toOther.forEach(difference -> places.add(difference.name() + " " + difference.key()));
        return difference -> !places.contains(difference.name() + " " + difference.key());
    }

    private Content inOrder(boolean writeFirst, TestRows application) throws Exception {
        subject.reset();
        if (writeFirst) {
            bench.write(application);
        }
        Node node = subject.node(Node.Options.PLAIN);
        subject.requireDone(node, node.run(), " with what the application writes");
        if (!writeFirst) {
            bench.write(application);
        }
        return bench.content();
    }

    /** A run with one write in it, at a given point or the first one after it where nobody has locked the rows. */
    private final class Amid implements Points {
        private final TestRows application;
        private final int place;
        private final List<Exception> failures = new ArrayList<>();
        private int passed;
        private boolean written;

        Amid(TestRows application, int place) {
            this.application = application;
            this.place = place;
        }

        @Override
        public void before(Point point) {
            if (passed++ >= place && !written) {
                write();
            }
        }

        private void write() {
            try {
                bench.write(application);
                written = true;
            } catch (Exception failure) {
                Trouble trouble = Trouble.of(failure);
                if (trouble != Trouble.LOCK && trouble != Trouble.CONFLICT) {
                    written = true;
                    failures.add(failure);
                }
            }
        }

        /** {@return how many points were passed} */
        int run() throws Exception {
            subject.reset();
            Node node = subject.node(new Node.Options(this, 0, null, Duration.ZERO));
            subject.requireDone(node, node.run(), " with a write during the run");
            if (!written) {
                write();
            }
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
            return passed;
        }
    }
}
