package org.asyncmigrations.benchmarks.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.benchmarks.backfill.way.Ways;
import org.asyncmigrations.benchmarks.measure.Arguments;

/**
 * What is measured.
 *
 * @param rows how many rows the table has
 * @param warm how many rows each JVM fills before it is measured, 0 for none
 * @param runs how many runs each way has
 * @param ways their names
 * @param batch how many keys the loops written by hand take in a batch
 * @param target the {@code targetBatchTime} in milliseconds, 0 for the default
 * @param heap the heap of each way, in megabytes
 * @param database which servers are started
 * @param hasClient whether the foreground client runs
 * @param accounts whether the time of the ways' sessions is recorded, which takes some time itself
 */
record Plan(
        int rows,
        int warm,
        int runs,
        List<String> ways,
        int batch,
        int target,
        int heap,
        Database database,
        boolean hasClient,
        boolean accounts) {
    /** Which servers are started. */
    enum Database {
        POSTGRES,
        MARIADB,
        BOTH
    }

    /** Only the foreground client. */
    static final String REST = "rest";

    /** The default of the runtime's builder, which has no getter for it. */
    private static final int DEFAULT_TARGET_MILLIS = 100;

    /** Some seconds of work: after that, the JVM has compiled whatever runs often. */
    private static final int WARM = 300_000;

    Plan {
        ways = List.copyOf(ways);
    }

    static List<String> arguments() {
        return List.of(
                "rows", "warm", "runs", "ways", "batch", "target", "heap", "database", "sizes", "client", "account");
    }

    static Plan of(Arguments arguments) {
        List<String> all = new ArrayList<>();
        all.add(REST);
        all.addAll(Ways.names());
        List<String> ways = arguments.words("ways", all);
        if (!all.containsAll(ways)) {
            throw new IllegalArgumentException("--ways takes some of " + all + ", with commas between them");
        }
        return new Plan(
                arguments.number("rows", 3_000_000),
                arguments.number("warm", WARM),
                arguments.number("runs", 5),
                ways,
                arguments.number("batch", 5_000),
                arguments.number("target", 0),
                arguments.number("heap", 256),
                Database.valueOf(arguments.word("database", "both").toUpperCase(Locale.ROOT)),
                !arguments.word("client", "true").equals("false"),
                arguments.flag("account"));
    }

    /** {@return the same plan with a table of another size, and only this project's ways} */
    Plan withRows(int other) {
        return new Plan(
                other,
                Math.min(warm, other),
                runs,
                List.of(Ways.SET_BASED, Ways.ROW_BY_ROW),
                batch,
                target,
                heap,
                database,
                hasClient,
                accounts);
    }

    /** {@return the effective {@code targetBatchTime}, in milliseconds} */
    int targetMillis() {
        return target == 0 ? DEFAULT_TARGET_MILLIS : target;
    }
}
