package org.asyncmigrations.testing.product;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Products;
import org.asyncmigrations.product.TableShape;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The server under test, with the schemas that were created on it. Used by one thread, except {@link #elsewhere}. */
final class Server implements AutoCloseable {
    /** The server's information about lock waits may be a tenth of a second old, and isn't refreshed while it is read more often. */
    private static final long BETWEEN_LOOKS = 150_000_000;

    private static final long PATIENCE = 30_000_000_000L;

    private final DataSource users;
    private final Product product;
    private final ProductWords words;
    private final String title;
    private final boolean allowsUnknownProduct;
    private final List<String> schemas = new ArrayList<>();
    private final AtomicInteger tables = new AtomicInteger();
    private final SuiteSource source;

    private Server(DataSource users, Product product, String title, boolean allowsUnknownProduct) throws SQLException {
        this.users = users;
        this.product = product;
        this.words = ProductWords.of(product);
        this.title = title;
        this.allowsUnknownProduct = allowsUnknownProduct;
        this.source = new SuiteSource(users, product, newSchema());
    }

    static Server open(DataSource users, boolean allowsUnknownProduct) {
        try {
            Product product;
            String title;
            try (Connection connection = users.getConnection()) {
                product = Products.of(connection, allowsUnknownProduct);
                DatabaseMetaData data = connection.getMetaData();
                title = product.name() + " (" + data.getDatabaseProductName() + " " + data.getDatabaseProductVersion()
                        + ", driver " + data.getDriverName() + " " + data.getDriverVersion() + ")";
            }
            return new Server(users, product, title, allowsUnknownProduct);
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the product suite needs a server that it can reach, and a user who may create schemas (on MariaDB and"
                            + " MySQL databases): " + failure.getMessage(),
                    failure);
        }
    }

    String title() {
        return title;
    }

    Product product() {
        return product;
    }

    ProductWords words() {
        return words;
    }

    String schema() {
        return schemas.get(0);
    }

    DataSource source() {
        return source;
    }

    /** {@return connections like the runtime's, in the suite's schema} */
    Connections connections() {
        return of(source);
    }

    Connections of(DataSource dataSource) {
        Connections connections = Connections.of(dataSource);
        return allowsUnknownProduct ? connections.allowingUnknownProduct() : connections;
    }

    Session session() throws SQLException {
        return connections().borrow();
    }

    /** {@return a new schema, dropped at the end, that no connection is in} */
    String newSchema() throws SQLException {
        String name = "async_suite_" + UUID.randomUUID().toString().substring(0, 8);
        String written =
                product instanceof org.asyncmigrations.product.H2 ? name.toUpperCase(java.util.Locale.ROOT) : name;
        try (Connection connection = users.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create " + words.schemaWord() + " " + name);
        }
        schemas.add(written);
        return written;
    }

    /** {@return a source of connections in another of the suite's schemas} */
    SuiteSource sourceIn(String schema) {
        return new SuiteSource(users, product, schema);
    }

    /** Runs statements, each with its own commit. */
    void run(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** {@return the first value of a query} */
    String value(String sql) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return value(connection, sql);
        }
    }

    static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** {@return the name of a new table} */
    String table(String columns) throws SQLException {
        String name = newName();
        run("create table " + name + " (" + columns + ")");
        return name;
    }

    String newName() {
        return "t" + tables.incrementAndGet();
    }

    /** {@return the name of a new table with rows: id from 1 to a power of two, a is a third of id, b is 0 to 9} */
    String filled(int doublings, String... more) throws SQLException {
        String name = table(
                "id integer not null primary key, a integer not null, b integer not null" + String.join("", more));
        List<String> statements = new ArrayList<>(List.of("insert into " + name + " (id, a, b) values (1, 0, 1)"));
        for (int i = 0; i < doublings; i++) {
            int by = 1 << i;
            statements.add("insert into " + name + " (id, a, b) select id + " + by + ", (id + " + by
                    + ") / 3, mod(id + " + by + ", 10) from " + name);
        }
        run(statements.toArray(String[]::new));
        return name;
    }

    /** Runs something with a context that has its own connection. */
    <T> T with(Asking<T> asking) throws Exception {
        try (Connection connection = source.getConnection()) {
            return asking.of(DSL.using(connection, product.dialect()));
        }
    }

    /**
     * Asks something.
     *
     * @param <T> the type of the answer
     */
    interface Asking<T> {
        T of(DSLContext dsl) throws Exception;
    }

    /** {@return the product's information about a table} */
    TableShape shape(DSLContext dsl, String table) throws SQLException {
        try (ResultSet none = dsl.select(DSL.asterisk())
                .from(DSL.table(table))
                .where(DSL.falseCondition())
                .fetchResultSet()) {
            ResultSetMetaData data = none.getMetaData();
            return product.shape(
                    dsl,
                    DSL.table(table),
                    new TableShape.Place(
                            text(data.getCatalogName(1)), text(data.getSchemaName(1)), text(data.getTableName(1))));
        }
    }

    private static String text(@org.jspecify.annotations.Nullable String name) {
        return name == null ? "" : name;
    }

    /** {@return a column's name as the database writes it} */
    static String named(TableShape shape, String column) {
        return shape.columns().keySet().stream()
                .filter(column::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no column " + column + " in " + shape));
    }

    /** Runs something in its own thread. */
    static <T> CompletableFuture<T> elsewhere(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "async-migrations-product-suite");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** {@return why something in another thread has failed} */
    static Throwable failure(CompletableFuture<?> work) {
        try {
            work.join();
        } catch (CompletionException failure) {
            return failure.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    /** Waits until a condition is true. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s: " + what);
            }
            pause();
        }
    }

    static void pause() {
        LockSupport.parkNanos(BETWEEN_LOOKS);
    }

    void endConnections() throws SQLException {
        source.endAll();
    }

    @Override
    public void close() {
        try (Connection connection = users.getConnection();
                Statement statement = connection.createStatement()) {
            source.endAll();
            for (String schema : schemas) {
                statement.execute("drop " + words.schemaWord() + " " + schema + words.cascade());
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the suite's schemas " + schemas + " could not be dropped", failure);
        }
    }
}
