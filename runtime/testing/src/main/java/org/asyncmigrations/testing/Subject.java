package org.asyncmigrations.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.Rehearsal;
import org.asyncmigrations.product.NotRetried;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A migration under test: the tables before it, and after a normal run. Used by one thread. */
final class Subject {
    private final Bench bench;
    private final MigrationEntry entry;
    private final @Nullable Subject before;
    private final SentSql sent;
    private final Set<String> ofTheDatabase = new HashSet<>();
    private @Nullable Copy start;
    private @Nullable Content startContent;
    private @Nullable Normal normal;
    private @Nullable Throwable unsound;
    private @Nullable Boolean repeatable;
    private @Nullable Throwable unrepeatable;

    /**
     * The result of a normal run.
     *
     * @param content the rows of the tables
     * @param copy a copy of the rows, to restore
     * @param otherSchema whether it has changed the tables themselves
     * @param ownConnections how many connections the migration itself has opened
     */
    record Normal(Content content, Copy copy, boolean otherSchema, int ownConnections) {}

    Subject(Bench bench, MigrationEntry entry, @Nullable Subject before) {
        this.bench = bench;
        this.entry = entry;
        this.before = before;
        this.sent = new SentSql(bench.stateTables());
    }

    Bench bench() {
        return bench;
    }

    MigrationEntry entry() {
        return entry;
    }

    /** {@return a rehearsal on its own node} */
    Rehearsal rehearsal() {
        return Rehearsal.of(bench.plan().registry().apply(new NodeSource(bench.pool(), Points.NONE, null)));
    }

    boolean isBatch() {
        try {
            return rehearsal().create(entry) instanceof BatchMigration;
        } catch (Exception unmakeable) {
            throw UserFailure.of("the constructor of " + entry, unmakeable);
        }
    }

    /** Restores the tables to the state in which all earlier migrations are done. */
    void reset() throws Exception {
        if (start == null) {
            if (before != null) {
                bench.restore(before.normal().copy());
            }
            TestRows rows = bench.plan().givenFor().get(entry.version());
            if (rows != null) {
                bench.write("given(" + MigrationEntry.written(entry.version()) + "L, …)", rows);
            }
            start = bench.copy();
            startContent = bench.asRead();
        }
        bench.restore(start);
        bench.begin(Objects.requireNonNull(startContent));
    }

    /** {@return whether the database itself writes a column: two equal runs gave different values, and no statement names it} */
    boolean isOfTheDatabase(String table, String column) {
        return ofTheDatabase.contains(table + "." + column);
    }

    /** {@return the differences that the migration makes; a default, a trigger or a clock of the database makes the others} */
    private List<Difference> ofTheMigration(List<Difference> differences) {
        return differences.stream()
                .filter(difference -> {
                    String column = difference.column();
                    return column == null
                            || !(ofTheDatabase.contains(difference.name())
                                    || difference.isOfTime() && sent.leavesToTheDatabase(column));
                })
                .toList();
    }

    /** {@return the result of the normal run; skips the test if it hasn't reached its end} */
    Normal normal() {
        if (!isSound()) {
            Assumptions.abort(entry + " does not run normally, which is a separate failure");
        }
        return Objects.requireNonNull(normal);
    }

    boolean isSound() {
        if (normal == null && unsound == null) {
            try {
                normal = runNormally();
            } catch (Throwable failure) {
                unsound = failure;
            }
        }
        return unsound == null;
    }

    /** The test "a run finishes". */
    void requireSound() throws Throwable {
        if (!isSound() && unsound != null) {
            throw unsound;
        }
    }

    private Normal runNormally() throws Exception {
        reset();
        Content untouched = bench.content();
        Node node = node(new Node.Options(sent, 0, null, Duration.ZERO));
        if (node.run() != Dispatch.Outcome.DONE) {
            throw unfinished(node);
        }
        boolean otherSchema = bench.hasOtherSchema();
        Content content = bench.content();
        boolean changes = otherSchema || !Difference.between(content, untouched).isEmpty();
        if (!changes && !bench.plan().allowances().changesNothing().contains(entry.version())) {
            String opposite = saysTheOpposite();
            throw new AssertionError(
                    opposite != null
                            ? opposite
                            : entry + " has changed nothing, so there is nothing to check; " + whatToGive());
        }
        return new Normal(content, bench.copy(), otherSchema, node.source().ownConnections());
    }

    /** Runs it again without a registry, to get the exception and not only its text. */
    private AssertionError unfinished(Node node) throws Exception {
        String reason = entry + " does not finish: " + node.reason();
        if (node.source().isDead()) {
            return new AssertionError(reason);
        }
        reset();
        String opposite = saysTheOpposite();
        if (opposite != null) {
            return new AssertionError(opposite);
        }
        try {
            rehearsal().migrate(entry);
        } catch (Exception thrown) {
            return thrown instanceof NotRetried
                    ? new AssertionError(reason, thrown)
                    : UserFailure.of(entry.toString(), thrown);
        }
        return new AssertionError(reason);
    }

    private @Nullable String saysTheOpposite() throws Exception {
        if (!isBatch()) {
            return null;
        }
        try {
            return LeftOut.opposite(this);
        } catch (RuntimeException | SQLException asInTheRun) {
            return null;
        }
    }

    private String whatToGive() throws Exception {
        reset();
        String version = MigrationEntry.written(entry.version()) + "L";
        String rows = "give it rows that it has to change, with given(" + version
                + ", dsl -> …), or call mayChangeNothing(" + version + ")";
        if (rehearsal().isDone(entry)) {
            return "isDone() returns true before the attempt: it must return false as long as there is a row to change;"
                    + " or "
                    + rows;
        }
        return entry.marker() == By.PENDING_ROWS
                ? "pending() matches none of the rows, or migrate() leaves them unchanged: fix them; or " + rows
                : rows;
    }

    Node node(Node.Options options) {
        return bench.add(new Node(bench, entry, options));
    }

    /** Fails if a node hasn't reached the end. */
    void requireDone(Node node, Dispatch.Outcome outcome, String when) {
        if (outcome != Dispatch.Outcome.DONE) {
            throw new AssertionError(entry + " does not finish" + when + ": " + node.reason());
        }
    }

    /** Runs it once, and compares. */
    void runAndCompare(Node.Options options, String when, String advice) throws Exception {
        Node node = node(options);
        requireDone(node, node.run(), " " + when);
        compare(when, advice);
    }

    /** Fails if the tables aren't as after the normal run. */
    void compare(String when, String advice) throws SQLException {
        List<Difference> differences = ofTheMigration(Difference.between(bench.content(), normal().content()));
        // Times in whole seconds may have been equal so far.
        boolean isOfTime = !differences.isEmpty() && differences.get(0).isOfTime();
        fail(
                differences,
                when,
                "after the normal run",
                isOfTime ? ofTime(differences.get(0)) + "; or: " + advice : advice);
    }

    void fail(List<Difference> all, String here, String there, String advice) {
        List<Difference> differences = ofTheMigration(all);
        if (!differences.isEmpty()) {
            throw new AssertionError(entry + ":" + Difference.words(differences, here, there) + "\n" + advice);
        }
    }

    boolean isRepeatable() {
        if (repeatable == null) {
            try {
                requireSameSchema();
                runAtOtherTimes();
            } catch (Throwable failure) {
                unrepeatable = failure;
            }
            repeatable = unrepeatable == null;
        }
        return repeatable;
    }

    /** The test "the time doesn't matter". */
    void requireRepeatable() throws Throwable {
        if (!isRepeatable() && unrepeatable != null) {
            throw unrepeatable;
        }
    }

    private void requireSameSchema() {
        if (normal().otherSchema()) {
            Assumptions.abort(entry + " changes the schema, and only rows can be put back: it was run once, normally");
        }
    }

    private void runAtOtherTimes() throws Exception {
        reset();
        Node again = node(Node.Options.PLAIN);
        requireDone(again, again.run(), " at another time");
        List<Difference> all = Difference.between(bench.content(), normal().content());
        for (Difference difference : all) {
            String column = difference.column();
            if (column != null && sent.leavesToTheDatabase(column)) {
                ofTheDatabase.add(difference.name());
            }
        }
        List<Difference> differences = ofTheMigration(all);
        fail(differences, "in another run from the same rows", "in the first", cause(differences));
        TimeZone zone = TimeZone.getDefault();
        for (Zone other : Zone.values()) {
            reset();
            try {
                TimeZone.setDefault(other.ofJava());
                Node there = node(new Node.Options(Points.NONE, 0, other, Duration.ZERO));
                requireDone(there, there.run(), " with another date");
            } finally {
                TimeZone.setDefault(zone);
            }
            compare(
                    "on another day (time zone " + other.ofJava().getID() + ")",
                    "the result depends on the date or the time zone of the process or the session; take dates from the"
                            + " row, and name the zone (at time zone 'UTC', ZoneOffset.UTC)");
        }
    }

    private static String cause(List<Difference> differences) {
        Difference first = differences.isEmpty() ? null : differences.get(0);
        if (first == null || first.isOfTime()) {
            return first == null ? "" : ofTime(first);
        }
        String leave = "leave the column out: .ignoring(\"" + first.name() + "\")";
        return "the result differs each time: a random value, a generated number, or a time; compute it from the row"
                + " (such as a hash of its key), or, if any value will do, " + leave;
    }

    private static String ofTime(Difference difference) {
        return "the result depends on the time; take the value from the row, or, if it should record when the migration"
                + " ran, leave the column out: .ignoring(\"" + difference.name() + "\")";
    }
}
