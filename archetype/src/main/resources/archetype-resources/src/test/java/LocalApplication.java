package ${package};

import javax.sql.DataSource;

/** The application on a database that lives as long as it does, with some customers in it. */
public final class LocalApplication {
    private LocalApplication() {}

    public static void main(String[] arguments) throws Exception {
        try (LocalDatabase database = LocalDatabase.start()) {
            DataSource dataSource = database.dataSource();
            LocalDatabase.fill(dataSource, 10_000);
            new Application(dataSource).run();
        }
    }
}
