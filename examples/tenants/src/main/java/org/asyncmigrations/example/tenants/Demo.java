package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.asyncmigrations.Mode;

/** A release for all tenants: a migration of one tenant fails and is fixed, one tenant is new, and one is paused. */
public final class Demo {
    private static final int CUSTOMERS = 300;

    private final Server server;
    private final Directory directory;
    private final PrintStream out;
    private final Consumer<Result> line;

    private Demo(Server server, PrintStream out) {
        this.server = server;
        this.directory = server.directory();
        this.out = out;
        this.line = out::println;
    }

    /**
     * Runs the demonstration and ends the JVM: with 0 if each run of the job has ended as expected, with 2 for an invalid number
     * of tenants, otherwise with 1.
     *
     * @param arguments the number of tenants, 3 to 1,000; 200 by default
     * @throws Exception if the database fails
     */
    public static void main(String[] arguments) throws Exception {
        int number = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        if (number < 3 || number > 1_000) {
            System.err.println("the number of tenants must be 3 to 1,000");
            System.exit(2);
        }
        System.exit(run(System.out, number) ? 0 : 1);
    }

    static boolean run(PrintStream out, int number) throws Exception {
        try (Server server = new Server()) {
            return new Demo(server, out).release(number);
        }
    }

    private boolean release(int number) throws Exception {
        directory.create();
        OldTenants.create(server.database("acme"), 20 * CUSTOMERS, directory);
        for (int tenant = 2; tenant <= number; tenant++) {
            OldTenants.create(server.schema(String.format(Locale.ROOT, "t%03d", tenant)), CUSTOMERS, directory);
        }
        Tenant twice = tenant("t002");
        OldTenants.spoil(twice);

        say("%d tenants. MODE=before Migrate, next to the new release; meanwhile somebody signs up", number);
        AtomicBoolean first = new AtomicBoolean(true);
        int before = job(Mode.BEFORE, result -> {
            line.accept(result);
            if (first.getAndSet(false)) {
                signUp("new_one");
            }
        });

        say("t002's duplicate customer is removed. MODE=before Migrate --retry t002");
        OldTenants.mend(twice);
        int retried = job(Mode.BEFORE, line, "--retry", "t002");

        say("t003's support has paused its migrations. MODE=after Migrate, now that the old release is gone");
        pause(tenant("t003"));
        int after = job(Mode.AFTER, line);
        return before == 1 && retried == 0 && after == 3;
    }

    private int job(Mode mode, Consumer<Result> told, String... arguments)
            throws InterruptedException, ExecutionException {
        out.println(Result.HEADER);
        Summary summary = new Job(directory, Plan.of(mode, arguments), told).run();
        out.println("\n" + summary + "exit code " + summary.exitCode());
        return summary.exitCode();
    }

    private void signUp(String name) {
        try {
            SignUp.create(server.schema(name), directory);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Pauses a migration, as an operator with the tenant's registry in a console does. */
    private static void pause(Tenant tenant) {
        try (HikariDataSource pool = tenant.pool();
                AsyncMigrationRegistry migrations =
                        AsyncMigrationRegistry.builder(pool).build()) {
            migrations.dropNickname().pause();
        }
    }

    private Tenant tenant(String name) {
        return directory.tenants().stream()
                .filter(tenant -> tenant.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, "%n" + format + "%n", values);
    }
}
