package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import org.asyncmigrations.Mode;

/** The job as a program. */
public final class Migrate {
    private Migrate() {}

    /**
     * Migrates tenants, and ends the JVM with the worst of their exit codes, or with 2 if no directory is given.
     *
     * @param arguments {@code <url of the directory> [--retry] [tenant…]}; without tenants, all of them
     * @throws Exception if the directory's database fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("use <url of the directory> [--retry] [tenant…]");
            System.exit(2);
        }
        Plan plan = Plan.of(Mode.of(System.getenv()), Arrays.copyOfRange(arguments, 1, arguments.length));
        Summary summary;
        try (HikariDataSource pool = new Tenant("directory", arguments[0]).pool()) {
            System.out.println(Result.HEADER);
            summary = new Job(new Directory(pool), plan, System.out::println).run();
        }
        System.out.println("\n" + summary);
        System.exit(summary.exitCode());
    }
}
