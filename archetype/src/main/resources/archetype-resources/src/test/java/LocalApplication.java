package ${package};

import org.asyncmigrations.Mode;

/** The application on an embedded database that holds some customers and is gone when the application ends. */
public final class LocalApplication {
    private LocalApplication() {}

    public static void main(String[] arguments) throws Exception {
        int exitCode;
        try (LocalDatabase database = LocalDatabase.start()) {
            LocalDatabase.fill(database.dataSource(), 10_000);
            System.out.println("Nobody else uses this database, so after-release migrations don't wait for older instances (Mode.AFTER).");
            exitCode = Application.run(Application.migrations(database.dataSource()).mode(Mode.AFTER));
        }
        System.exit(exitCode);
    }
}
