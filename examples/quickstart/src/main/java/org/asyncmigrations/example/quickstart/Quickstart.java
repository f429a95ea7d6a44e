package org.asyncmigrations.example.quickstart;

import java.io.PrintStream;
import java.util.Locale;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.example.quickstart.customer.MessyCustomers;
import org.asyncmigrations.example.quickstart.customer.PhoneNumbers;
import org.asyncmigrations.example.quickstart.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.example.quickstart.schema.Tables;

/**
 * Creates a database with customers, migrates it while a client keeps writing, and then checks each row. Arguments:
 * {@code [h2|postgres] [--rows N]}.
 */
public final class Quickstart {
    /** The old release makes one write for each of so many customers, so it ends well before the first pass over the table. */
    private static final int CUSTOMERS_A_WRITE_WITH_OLD_RELEASE = 2_500;

    private static final double NANOS_A_SECOND = 1e9;

    private final Arguments arguments;
    private final PrintStream out;
    private final PhoneNumbers phoneNumbers = new PhoneNumbers("49");

    private Quickstart(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Runs the example and ends the JVM: with 0 if all migrations are done and every row is right, with 2 for unknown arguments,
     * otherwise with 1.
     *
     * @param arguments {@code [h2|postgres] [--rows N]}
     * @throws Exception if the database fails
     */
    public static void main(String[] arguments) throws Exception {
        Arguments known = null;
        try {
            known = Arguments.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        }
        System.exit(known == null ? 2 : run(System.out, known));
    }

    static int run(PrintStream out, Arguments arguments) throws Exception {
        return new Quickstart(arguments, out).run();
    }

    private int run() throws Exception {
        try (Database database = Database.open(arguments.postgres())) {
            long[] ids = fill(database);
            LiveClient client = new LiveClient(database.dsl(), Tables.CUSTOMERS, ids, phoneNumbers);
            DispatchStatus status;
            try (client) {
                client.start();
                status = migrate(database.dataSource(), client);
            }
            say("%n%s", status);
            boolean done = status.migrations().stream().allMatch(migration -> migration.state() == State.DONE);
            boolean right = isRight(Check.run(database.dataSource(), ids, client.written()));
            if (done && right) {
                new Comparison(status, client, SingleUpdate.run(database, ids, phoneNumbers)).print(out);
            }
            return done && right ? 0 : 1;
        }
    }

    private long[] fill(Database database) throws Exception {
        long begin = System.nanoTime();
        long[] ids = MessyCustomers.ids(arguments.rows());
        Filling.fill(database.dataSource(), ids);
        database.analyze();
        say(
                "%s: %,d customers filled in, in %.1f s. Now a client writes 200 times a second.%n",
                arguments.postgres() ? "PostgreSQL" : "H2", ids.length, (System.nanoTime() - begin) / NANOS_A_SECOND);
        return ids;
    }

    /** What an application does at a release, and after it. */
    private DispatchStatus migrate(DataSource dataSource, LiveClient client) throws InterruptedException {
        try (var migrations =
                AsyncMigrationRegistry.builder(dataSource, () -> phoneNumbers).build()) {
            Progress progress = new Progress(migrations, client, out);
            say("dispatch(), while the old release still runs next to the new one:%n");
            Dispatch dispatch = migrations.dispatch();
            client.endOldRelease(arguments.rows() / CUSTOMERS_A_WRITE_WITH_OLD_RELEASE);
            if (progress.follow(dispatch) != Dispatch.Outcome.FAILED) {
                say("%n%s%n", migrations.status());
                say("dispatch(Mode.AFTER), now that the old release is gone:%n");
                progress.follow(migrations.dispatch(Mode.AFTER));
            }
            return migrations.status();
        }
    }

    private boolean isRight(Check.Result result) {
        say("%nCheck of every row against plain Java: %,d rows, %,d wrong%n", result.rows(), result.wrong());
        return result.wrong() == 0;
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
