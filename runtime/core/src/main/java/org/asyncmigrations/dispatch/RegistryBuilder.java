package org.asyncmigrations.dispatch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.product.TimeBounds;
import org.asyncmigrations.release.Gate;
import org.asyncmigrations.release.GateKeeper;
import org.asyncmigrations.release.Gates;
import org.asyncmigrations.release.SchemaHistory;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.StateTables;
import org.asyncmigrations.throttle.Throttle;
import org.asyncmigrations.throttle.Throttles;
import org.jooq.Configuration;
import org.jooq.conf.RenderMapping;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a registry, each with a default that is safe on a live database. Used by one thread.
 *
 * @param <R> the generated registry
 */
public final class RegistryBuilder<R extends MigrationRegistry> {
    /** A batch has some round trips to make; one of an hour gives way to nobody. */
    private static final TimeBounds BATCH = new TimeBounds(Duration.ofMillis(5), Duration.ofHours(1));

    /** A shorter claim is lost to any pause; for a longer one than a day nobody waits to take work over. */
    private static final TimeBounds CLAIM = new TimeBounds(Duration.ofSeconds(1), Duration.ofDays(1));

    /** What others have changed is found by a poll alone. */
    private static final TimeBounds POLL = new TimeBounds(Duration.ofMillis(1), Duration.ofDays(1));

    private final MigrationCatalog<R> catalog;
    private Connections connections;
    private @Nullable Mode mode;
    private int threads = 2;
    private int maxWorkers = 4;
    private Duration targetBatchTime = Duration.ofMillis(100);
    private @Nullable Duration lockTimeout;
    private Duration statementTimeout = Duration.ofHours(1);
    private int maxAttempts = 5;
    private int rejectBudget = 100;
    private int concurrentMigrations = 2;
    private Duration claimTime = Duration.ofSeconds(30);
    private Duration pollEvery = Duration.ofSeconds(2);
    private @Nullable Worker worker;
    private final List<Throttle> throttles = new ArrayList<>();
    private Duration maxReplicationLag = Duration.ofSeconds(10);
    private final List<Gate> gates = new ArrayList<>();
    private Duration settleTime = Duration.ofSeconds(30);
    private Duration drainTime = InstanceRows.DRAIN;
    private boolean noOlderInstances;
    private boolean allowTooOld;
    private final List<DispatchListener> listeners = new ArrayList<>();
    private boolean newDatabase;
    private boolean verbose;
    private boolean quiet;
    private @Nullable PrintStream progress;
    private SchemaHistory.Tables schemaTables = SchemaHistory.Tables.DEFAULT;
    private String application = "";
    private Set<String> formerly = Set.of();
    private String release = "";
    /** Whoever is in the way of a migration in one piece needs time. */
    private Duration giveWay = Duration.ofSeconds(1);

    private boolean beatenByHand;
    private Supplier<Duration> clockShift = () -> Duration.ZERO;

    private RegistryBuilder(MigrationCatalog<R> catalog, Connections connections) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.connections = connections;
    }

    /**
     * A builder over a data source.
     *
     * @param dataSource where the data and the state tables are
     * @param catalog the build's migrations
     * @param <R> the generated registry
     * @return the builder
     */
    public static <R extends MigrationRegistry> RegistryBuilder<R> of(
            DataSource dataSource, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog, Connections.of(Objects.requireNonNull(dataSource, "dataSource")));
    }

    /**
     * A builder over a jOOQ configuration, whose settings, listeners and converters the migrations' statements keep.
     *
     * @param configuration one with a data source behind it
     * @param catalog the build's migrations
     * @param <R> the generated registry
     * @return the builder
     * @throws IllegalArgumentException for one that holds a single connection
     */
    public static <R extends MigrationRegistry> RegistryBuilder<R> of(
            Configuration configuration, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog, Connections.of(Objects.requireNonNull(configuration, "configuration")));
    }

    /**
     * Whether after-release migrations run. By default the environment says so, see {@link Mode#of}.
     *
     * @param chosen the mode, which goes before the environment's
     * @return this
     */
    public RegistryBuilder<R> mode(Mode chosen) {
        mode = Objects.requireNonNull(chosen, "mode");
        return this;
    }

    /**
     * How many workers this instance has: 2 by default. Each uses a connection while it works, and one more is used beside them.
     * With 0 it does no work: it says that it is alive, so that gates wait for it, looks how the work of other instances stands, and
     * opens gates. It is {@link org.asyncmigrations.Dispatch.Outcome#HELD held} while there is work and no other instance.
     *
     * @param number 0 or more
     * @return this
     */
    public RegistryBuilder<R> threads(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("threads must be 0 or more, and is " + number);
        }
        threads = number;
        return this;
    }

    /**
     * How many workers of all instances together may work on one {@code BatchMigration}: 4 by default, so that many instances do not
     * become many writers. Those that find no room wait; {@link org.asyncmigrations.Tuning#workers(int)} changes it for one
     * migration while it runs.
     *
     * @param number 1 or more; the same in all instances, each of which goes by its own
     * @return this
     */
    public RegistryBuilder<R> maxWorkers(int number) {
        maxWorkers = atLeastOne("maxWorkers", number);
        return this;
    }

    /**
     * How long a batch's transaction should take, and so how long others may have to wait for its rows: 100 ms by default.
     *
     * @param time the target, between 5 ms and 1 hour; the batch size follows it
     * @return this
     */
    public RegistryBuilder<R> targetBatchTime(Duration time) {
        targetBatchTime = BATCH.require("targetBatchTime", time);
        return this;
    }

    /**
     * How long a statement may wait for a lock: the target batch time by default, so that migrations give way and not the
     * application.
     *
     * @param time the longest wait, between 1 ms and 24 days; PostgreSQL knows milliseconds, MariaDB whole seconds (less than one is not to wait)
     * @return this
     */
    public RegistryBuilder<R> lockTimeout(Duration time) {
        lockTimeout = TimeBounds.ANY.require("lockTimeout", time);
        return this;
    }

    /**
     * How long a statement of a {@code DataMigration} may take: an hour by default. A batch's may take twice its target.
     *
     * @param time the longest time, between 1 ms and 24 days
     * @return this
     */
    public RegistryBuilder<R> statementTimeout(Duration time) {
        statementTimeout = TimeBounds.ANY.require("statementTimeout", time);
        return this;
    }

    /**
     * How often an attempt may fail before the migration does: 5 by default, with waits of 1, 2, 4 and 8 seconds between.
     *
     * @param number 1 or more
     * @return this
     */
    public RegistryBuilder<R> maxAttempts(int number) {
        maxAttempts = atLeastOne("maxAttempts", number);
        return this;
    }

    /**
     * How many rows of a {@code BatchMigration} may be set aside because they cannot be changed even alone: 100 by default. With
     * more the walk stops; with fewer it goes on to its end, and the migration then fails with their list.
     *
     * @param number 0 or more; 0 fails at the first such row
     * @return this
     */
    public RegistryBuilder<R> rejectBudget(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("rejectBudget may not be below 0, and is " + number);
        }
        rejectBudget = number;
        return this;
    }

    /**
     * How many {@linkplain org.asyncmigrations.AsyncMigration#independent() independent} migrations run at once, in all instances
     * together; those that wait for each other run beside them. 2 unless it is set.
     *
     * @param number 1 or more; the same in all instances
     * @return this
     */
    public RegistryBuilder<R> concurrentMigrations(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("concurrentMigrations may not be below 1, and is " + number);
        }
        concurrentMigrations = number;
        return this;
    }

    /**
     * How long a claim holds without renewal, and so how long until the work of an instance that was killed is taken over: 30
     * seconds by default. It is renewed while work goes on.
     *
     * @param time between 1 second and 1 day; the same in all instances
     * @return this
     */
    public RegistryBuilder<R> claimTime(Duration time) {
        claimTime = CLAIM.require("claimTime", time);
        return this;
    }

    /**
     * How long a worker with nothing to do waits before it asks the database again: 2 seconds by default.
     *
     * @param time the wait, between 1 ms and 1 day
     * @return this
     */
    public RegistryBuilder<R> pollEvery(Duration time) {
        pollEvery = POLL.require("pollEvery", time);
        return this;
    }

    /**
     * Adds a throttle: asked before a migration begins and before each batch, it says "not now" where it sees reason to. All
     * throttles must agree.
     *
     * @param asked one of {@link Throttles}, or your own
     * @return this
     */
    public RegistryBuilder<R> throttle(Throttle asked) {
        throttles.add(Objects.requireNonNull(asked, "throttle"));
        return this;
    }

    /**
     * How far standbys of a PostgreSQL primary may be behind before the work waits for them: 10 seconds by default, where the
     * database user may see it ({@link Throttles#replicationLag(Duration, String...)}).
     *
     * @param most how far, between 1 ms and 24 days; zero to wait for none, as where one is late on purpose
     * @return this
     */
    public RegistryBuilder<R> maxReplicationLag(Duration most) {
        maxReplicationLag = most.isZero() ? most : TimeBounds.ANY.require("maxReplicationLag", most);
        return this;
    }

    /**
     * Adds a gate: asked, beside the instances in the database, whether after-release migrations may begin. All must agree. With
     * one, the first build that is ever seen in a database is held by it alone. Not asked where the mode decides.
     *
     * @param asked one of {@link Gates}, or your own
     * @return this
     */
    public RegistryBuilder<R> gate(Gate asked) {
        gates.add(Objects.requireNonNull(asked, "gate"));
        return this;
    }

    /**
     * How long all live instances must have run a build with an after-release migration before its gate opens: 30 seconds by
     * default. An instance that has just been started is seen within that time, and so is one that was only silent.
     *
     * @param time the time between two readings that must agree, between 1 ms and 24 days
     * @return this
     */
    public RegistryBuilder<R> settleTime(Duration time) {
        settleTime = TimeBounds.ANY.require("settleTime", time);
        return this;
    }

    /**
     * How long this instance still counts for the gate after its {@code close()}: 30 seconds by default, since most applications
     * close it before their last requests have ended. As long as the platform lets those take; zero if the application closes its
     * registry after them. Others see it in this instance's row; of instances that do not write it, it is how long these count here.
     *
     * @param time from nothing to 5 minutes, after which one that is silent is gone anyway
     * @return this
     */
    public RegistryBuilder<R> drainTime(Duration time) {
        if (time.isNegative() || time.compareTo(InstanceRows.SILENCE) > 0) {
            throw new IllegalArgumentException("drainTime must be from nothing to " + InstanceRows.SILENCE.toMinutes()
                    + " minutes, and is " + time);
        }
        drainTime = time;
        return this;
    }

    /**
     * Says that no instance of a release runs that did not have this library yet. Without it, and without a {@link #gate}, the
     * first build that is ever seen in a database holds its after-release migrations until {@code MODE=after}.
     *
     * @return this
     */
    public RegistryBuilder<R> assumeNoOlderInstances() {
        noOlderInstances = true;
        return this;
    }

    /**
     * Lets this build run although an after-release migration that it does not know has begun on its database: it can do without
     * what that migration takes away. Without it {@code dispatch()} throws a {@link org.asyncmigrations.BuildTooOldException}.
     *
     * @return this
     */
    public RegistryBuilder<R> allowTooOld() {
        allowTooOld = true;
        return this;
    }

    /**
     * What calls {@link Work#step(StopSignal)}: daemon threads of this process by default.
     *
     * @param caller another worker; closed with the registry
     * @return this
     */
    public RegistryBuilder<R> worker(Worker caller) {
        worker = Objects.requireNonNull(caller, "worker");
        return this;
    }

    /**
     * Adds a listener: it is told of each event and each batch of this instance, after its commit.
     *
     * @param told the listener
     * @return this
     */
    public RegistryBuilder<R> listener(DispatchListener told) {
        listeners.add(Objects.requireNonNull(told, "listener"));
        return this;
    }

    /**
     * Whether each batch is logged at the level INFO, not DEBUG.
     *
     * @param logged true for INFO
     * @return this
     */
    public RegistryBuilder<R> verbose(boolean logged) {
        verbose = logged;
        return this;
    }

    /**
     * Names Flyway's history, for migrations that require a version of the schema. Unless told otherwise it is
     * {@code flyway_schema_history}, in the connection's own schema or in that of the state tables.
     *
     * @param table the table, in the case it has, with its schema before a dot if it needs one
     * @return this
     */
    public RegistryBuilder<R> flywayTable(String table) {
        schemaTables = new SchemaHistory.Tables(Objects.requireNonNull(table, "table"), schemaTables.liquibase());
        return this;
    }

    /**
     * Names Liquibase's history, for migrations that require a change set. Unless told otherwise it is
     * {@code DATABASECHANGELOG}, in the connection's own schema or in that of the state tables.
     *
     * @param table the table, with its schema before a dot if it needs one
     * @return this
     */
    public RegistryBuilder<R> liquibaseTable(String table) {
        schemaTables = new SchemaHistory.Tables(schemaTables.flyway(), Objects.requireNonNull(table, "table"));
        return this;
    }

    /**
     * Says that a database in which no migration is registered yet was created in the shape that retired migrations lead to, as
     * those of tests and of new customers are: at its first dispatch they count as done, and a migration's
     * {@link org.asyncmigrations.RetiresColumn} is not looked up. Without it a retired migration that was never run is an error,
     * since an old database looks the same. The columns are looked up when a migration begins: dispatch with {@link Mode#AFTER}
     * where this is said once, as for a new customer, or after-release migrations begin later, without it.
     *
     * @return this
     */
    public RegistryBuilder<R> assumeNewDatabase() {
        newDatabase = true;
        return this;
    }

    /**
     * The schema of the state tables, on MariaDB and MySQL the database: one that is chosen at run time, as for one tenant of many.
     * It goes before {@code @AsyncMigrations(schema = …)}; without both it is the schema in which the connections create tables.
     *
     * @param schema its name, as the database writes it
     * @return this
     */
    public RegistryBuilder<R> stateSchema(String schema) {
        if (schema.isBlank()) {
            throw new IllegalArgumentException("stateSchema must name a schema");
        }
        connections = connections.withStateSchema(schema);
        return this;
    }

    /**
     * Takes a server that speaks the protocol of PostgreSQL, MariaDB or MySQL for one of these, although it is known to be another
     * product (CockroachDB, YugabyteDB, Redshift, TiDB and others). Without this it is refused.
     *
     * @return this
     */
    public RegistryBuilder<R> allowUnknownProduct() {
        connections = connections.allowingUnknownProduct();
        return this;
    }

    /**
     * The application's name. Two applications of different names are refused in the same state tables: each would wait for
     * migrations that the other does not have. One without a name is taken for any.
     *
     * @param name its name
     * @param formerNames names that it had before, while instances still run that have them
     * @return this
     */
    public RegistryBuilder<R> application(String name, String... formerNames) {
        application = Objects.requireNonNull(name, "application");
        formerly = Set.of(formerNames);
        return this;
    }

    /**
     * The application's release, for people who read the instances' table.
     *
     * @param name such as {@code 2.4.0}
     * @return this
     */
    public RegistryBuilder<R> release(String name) {
        release = Objects.requireNonNull(name, "release");
        return this;
    }

    /**
     * Prints what happens, besides logging it: a line for each start, end, failure and reason to wait. On a terminal a progress bar
     * is drawn below them; elsewhere each walk prints a line every 10 seconds.
     *
     * @param out where to print, usually {@code System.out}
     * @return this
     */
    public RegistryBuilder<R> progress(PrintStream out) {
        progress = Objects.requireNonNull(out, "out");
        return this;
    }

    /**
     * An operator of the state tables that the registry has with the settings so far: it reads and orders in somebody's name, as the
     * registry does not.
     *
     * @return the operator; no connection is opened
     */
    public Operator operator() {
        String declared = catalog.schema().isEmpty() ? null : catalog.schema();
        return Operator.of(connections, StateTables.named(declared, catalog.prefix()));
    }

    /** Lets a test kit make migrations fail without filling the log. */
    RegistryBuilder<R> quiet(boolean chosen) {
        quiet = chosen;
        return this;
    }

    /** A builder over connections that another one has. */
    static <R extends MigrationRegistry> RegistryBuilder<R> over(Connections connections, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog, connections);
    }

    MigrationCatalog<R> catalog() {
        return catalog;
    }

    Connections connections() {
        return connections;
    }

    /** Lets a test not wait for what it knows to be over. */
    RegistryBuilder<R> giveWay(Duration time) {
        giveWay = time;
        return this;
    }

    /** Lets a test say when this instance is alive. */
    RegistryBuilder<R> beatenByHand(boolean byHand) {
        beatenByHand = byHand;
        return this;
    }

    /** Lets a test see later times without waiting for them. */
    RegistryBuilder<R> clockShift(Supplier<Duration> shift) {
        clockShift = shift;
        return this;
    }

    /**
     * Makes the registry. Asks the database nothing yet.
     *
     * @return the registry
     * @throws IllegalArgumentException when the environment names a mode that is none, or the jOOQ configuration maps schemas and
     *     nothing says which of them the state tables are in
     */
    public R build() {
        requireOwnState();
        Listeners told = new Listeners(listeners);
        Settings settings = new Settings(
                mode != null ? mode : Mode.of(System.getenv()),
                threads,
                maxWorkers,
                new Settings.Times(
                        targetBatchTime,
                        lockTimeout != null ? lockTimeout : targetBatchTime,
                        statementTimeout,
                        claimTime,
                        pollEvery,
                        giveWay),
                maxAttempts,
                rejectBudget,
                new Settings.Who(application, release, formerly),
                new Settings.Gating(new GateKeeper.Terms(gates, settleTime, drainTime, noOlderInstances), allowTooOld),
                throttles(),
                told,
                newDatabase,
                new Settings.Output(verbose, quiet, progress),
                schemaTables,
                worker,
                concurrentMigrations,
                beatenByHand,
                clockShift);
        R registry = catalog.registry(new Dispatcher(settings, Contents.of(catalog), connections));
        told.onBuilt(registry);
        return registry;
    }

    /** By a mapping a tenant's tables are walked, while the state of all tenants would be one. */
    private void requireOwnState() {
        Configuration users = connections.configuration();
        RenderMapping mapping = users == null ? null : users.settings().getRenderMapping();
        boolean maps = mapping != null
                && (!mapping.getSchemata().isEmpty() || !mapping.getCatalogs().isEmpty());
        if (maps && connections.stateSchema() == null) {
            throw new IllegalArgumentException(
                    "the jOOQ configuration maps schemas (RenderMapping), so the migrations would"
                            + " change the tables of one tenant and share their state with the others; name the schema of this"
                            + " tenant's state tables with stateSchema(\"…\"), or give each tenant a data source with a schema of"
                            + " its own and no mapping");
        }
    }

    private List<Throttle> throttles() {
        List<Throttle> all = new ArrayList<>(throttles);
        if (!maxReplicationLag.isZero()) {
            all.add(Throttles.replicationLag(maxReplicationLag));
        }
        return List.copyOf(all);
    }

    private static int atLeastOne(String setting, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(setting + " must be 1 or more, and is " + number);
        }
        return number;
    }
}
