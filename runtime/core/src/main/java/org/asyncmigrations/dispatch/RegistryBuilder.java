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
 * Builds a registry. Each setting has a default that is safe on a live database. Used by one thread.
 *
 * @param <R> the generated registry
 */
public final class RegistryBuilder<R extends MigrationRegistry> {
    /** A batch needs a few round trips. A batch of an hour would block others for too long. */
    private static final TimeBounds BATCH = new TimeBounds(Duration.ofMillis(5), Duration.ofHours(1));

    /** Any pause loses a claim shorter than this. After a dead worker, nobody waits longer than a day. */
    private static final TimeBounds CLAIM = new TimeBounds(Duration.ofSeconds(1), Duration.ofDays(1));

    /** Only a poll finds what other instances have changed. */
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
    /** How long to wait before a migration in one piece is retried, so that whoever blocked it can finish. */
    private Duration giveWay = Duration.ofSeconds(1);

    private boolean beatenByHand;
    private Supplier<Duration> clockShift = () -> Duration.ZERO;

    private RegistryBuilder(MigrationCatalog<R> catalog, Connections connections) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.connections = connections;
    }

    /**
     * A builder with a data source.
     *
     * @param dataSource the database with the data and the state tables
     * @param catalog the build's migrations
     * @param <R> the generated registry
     * @return the builder
     */
    public static <R extends MigrationRegistry> RegistryBuilder<R> of(
            DataSource dataSource, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog, Connections.of(Objects.requireNonNull(dataSource, "dataSource")));
    }

    /**
     * A builder with a jOOQ configuration. The migrations' statements keep its settings, listeners and converters.
     *
     * @param configuration a configuration with a data source
     * @param catalog the build's migrations
     * @param <R> the generated registry
     * @return the builder
     * @throws IllegalArgumentException if the configuration has a single connection
     */
    public static <R extends MigrationRegistry> RegistryBuilder<R> of(
            Configuration configuration, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog, Connections.of(Objects.requireNonNull(configuration, "configuration")));
    }

    /**
     * Whether after-release migrations run. By default, the environment decides, see {@link Mode#of}.
     *
     * @param chosen the mode, which takes precedence over the environment
     * @return this
     */
    public RegistryBuilder<R> mode(Mode chosen) {
        mode = Objects.requireNonNull(chosen, "mode");
        return this;
    }

    /**
     * The number of workers of this instance: 2 by default. Each uses a connection while it works, and the instance needs one more.
     * With 0, the instance does no work: it sends heartbeats, so gates wait for it, it observes the work of other instances, and it
     * opens gates. While there is work and no other instance, it is {@link org.asyncmigrations.Dispatch.Outcome#HELD held}.
     *
     * @param number 0 or more
     * @return this
     */
    public RegistryBuilder<R> threads(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("threads must be 0 or more, but is " + number);
        }
        threads = number;
        return this;
    }

    /**
     * How many workers of all instances together may work on one {@code BatchMigration}: 4 by default, so that many instances don't
     * become many writers. Other workers wait. {@link org.asyncmigrations.Tuning#workers(int)} changes this for one migration while
     * it runs.
     *
     * @param number 1 or more; the same in all instances, since each uses its own setting
     * @return this
     */
    public RegistryBuilder<R> maxWorkers(int number) {
        maxWorkers = atLeastOne("maxWorkers", number);
        return this;
    }

    /**
     * How long a batch's transaction should take: 100 ms by default. Others may have to wait this long for its rows.
     *
     * @param time the target, between 5 ms and 1 hour; the batch size adapts to it
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
     * @param time the longest wait, between 1 ms and 24 days; PostgreSQL uses milliseconds, MariaDB whole seconds (less than one
     *     means not to wait)
     * @return this
     */
    public RegistryBuilder<R> lockTimeout(Duration time) {
        lockTimeout = TimeBounds.ANY.require("lockTimeout", time);
        return this;
    }

    /**
     * How long a statement of a {@code DataMigration} may take: an hour by default. A batch's statement may take twice the target
     * batch time.
     *
     * @param time the longest time, between 1 ms and 24 days
     * @return this
     */
    public RegistryBuilder<R> statementTimeout(Duration time) {
        statementTimeout = TimeBounds.ANY.require("statementTimeout", time);
        return this;
    }

    /**
     * How many attempts may fail before the migration fails: 5 by default, with pauses of 1, 2, 4 and 8 seconds between them.
     *
     * @param number 1 or more
     * @return this
     */
    public RegistryBuilder<R> maxAttempts(int number) {
        maxAttempts = atLeastOne("maxAttempts", number);
        return this;
    }

    /**
     * How many rows of a {@code BatchMigration} may be set aside because they can't be changed even alone: 100 by default. With
     * more, the walk stops. With fewer, the walk continues to its end, and then the migration fails with a list of these rows.
     *
     * @param number 0 or more; with 0, the first such row fails the migration
     * @return this
     */
    public RegistryBuilder<R> rejectBudget(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("rejectBudget must be 0 or more, but is " + number);
        }
        rejectBudget = number;
        return this;
    }

    /**
     * How many {@linkplain org.asyncmigrations.AsyncMigration#independent() independent} migrations run at once, in all instances
     * together: 2 by default. The ordered migrations run in addition.
     *
     * @param number 1 or more; the same in all instances
     * @return this
     */
    public RegistryBuilder<R> concurrentMigrations(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("concurrentMigrations must be 1 or more, but is " + number);
        }
        concurrentMigrations = number;
        return this;
    }

    /**
     * How long a claim lasts without renewal: 30 seconds by default. So this is how long it takes until another instance takes over
     * the work of one that was killed. Claims are renewed while work goes on.
     *
     * @param time between 1 second and 1 day; the same in all instances
     * @return this
     */
    public RegistryBuilder<R> claimTime(Duration time) {
        claimTime = CLAIM.require("claimTime", time);
        return this;
    }

    /**
     * How long a worker with nothing to do waits before it queries the database again: 2 seconds by default.
     *
     * @param time the wait, between 1 ms and 1 day
     * @return this
     */
    public RegistryBuilder<R> pollEvery(Duration time) {
        pollEvery = POLL.require("pollEvery", time);
        return this;
    }

    /**
     * Adds a throttle. Before a migration begins and before each batch, it can say "not now". All throttles must agree.
     *
     * @param asked one of {@link Throttles}, or your own
     * @return this
     */
    public RegistryBuilder<R> throttle(Throttle asked) {
        throttles.add(Objects.requireNonNull(asked, "throttle"));
        return this;
    }

    /**
     * How far standbys of a PostgreSQL primary may lag before the work waits for them: 10 seconds by default, if the database user
     * may see the lag ({@link Throttles#replicationLag(Duration, String...)}).
     *
     * @param most the longest lag, between 1 ms and 24 days; zero to wait for none, for example if a standby is delayed on purpose
     * @return this
     */
    public RegistryBuilder<R> maxReplicationLag(Duration most) {
        maxReplicationLag = most.isZero() ? most : TimeBounds.ANY.require("maxReplicationLag", most);
        return this;
    }

    /**
     * Adds a gate. In addition to the instances in the database, it decides whether after-release migrations may begin. All gates
     * must agree. With a gate, the first build that is ever seen in a database needs no {@code MODE=after}; the gate decides. Not
     * asked if the mode decides.
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
     * default. Within this time, an instance that has just started is seen, and so is one that was only silent.
     *
     * @param time the time between two readings that must agree, between 1 ms and 24 days
     * @return this
     */
    public RegistryBuilder<R> settleTime(Duration time) {
        settleTime = TimeBounds.ANY.require("settleTime", time);
        return this;
    }

    /**
     * How long the gate still counts this instance after its {@code close()}: 30 seconds by default, since most applications close
     * the registry before their last requests have ended. Set it to the time that the platform grants those requests, or to zero if
     * the application closes its registry after them. Other instances read it from this instance's row. For instances that don't
     * write it, this instance uses its own value.
     *
     * @param time between zero and 5 minutes; a silent instance stops counting after 5 minutes anyway
     * @return this
     */
    public RegistryBuilder<R> drainTime(Duration time) {
        if (time.isNegative() || time.compareTo(InstanceRows.SILENCE) > 0) {
            throw new IllegalArgumentException("drainTime must be between zero and " + InstanceRows.SILENCE.toMinutes()
                    + " minutes, but is " + time);
        }
        drainTime = time;
        return this;
    }

    /**
     * Declares that no instance of a release without this library is running. Without this, and without a {@link #gate}, the first
     * build that is ever seen in a database holds its after-release migrations until {@code MODE=after}.
     *
     * @return this
     */
    public RegistryBuilder<R> assumeNoOlderInstances() {
        noOlderInstances = true;
        return this;
    }

    /**
     * Lets this build run even if an after-release migration that it doesn't know has begun on its database, because it doesn't
     * need what that migration removes. Without this, {@code dispatch()} throws a {@link org.asyncmigrations.BuildTooOldException}.
     *
     * @return this
     */
    public RegistryBuilder<R> allowTooOld() {
        allowTooOld = true;
        return this;
    }

    /**
     * Sets what calls {@link Work#step(StopSignal)}: daemon threads of this process by default.
     *
     * @param caller another worker; closed with the registry
     * @return this
     */
    public RegistryBuilder<R> worker(Worker caller) {
        worker = Objects.requireNonNull(caller, "worker");
        return this;
    }

    /**
     * Adds a listener. It is called for each event and each batch of this instance, after the commit.
     *
     * @param told the listener
     * @return this
     */
    public RegistryBuilder<R> listener(DispatchListener told) {
        listeners.add(Objects.requireNonNull(told, "listener"));
        return this;
    }

    /**
     * Whether each batch is logged at the level INFO instead of DEBUG.
     *
     * @param logged true for INFO
     * @return this
     */
    public RegistryBuilder<R> verbose(boolean logged) {
        verbose = logged;
        return this;
    }

    /**
     * Names Flyway's history table, for migrations that require a version of the schema. The default is {@code
     * flyway_schema_history}, in the connection's default schema or in the state tables' schema.
     *
     * @param table the table, in the database's case, with its schema and a dot in front if it needs one
     * @return this
     */
    public RegistryBuilder<R> flywayTable(String table) {
        schemaTables = new SchemaHistory.Tables(Objects.requireNonNull(table, "table"), schemaTables.liquibase());
        return this;
    }

    /**
     * Names Liquibase's history table, for migrations that require a change set. The default is {@code DATABASECHANGELOG}, in the
     * connection's default schema or in the state tables' schema.
     *
     * @param table the table, with its schema and a dot in front if it needs one
     * @return this
     */
    public RegistryBuilder<R> liquibaseTable(String table) {
        schemaTables = new SchemaHistory.Tables(schemaTables.flyway(), Objects.requireNonNull(table, "table"));
        return this;
    }

    /**
     * Declares that a database without registered migrations was created with the newest schema, as databases of tests and of new
     * customers are. At its first dispatch, retired migrations then count as done, and a migration's {@link
     * org.asyncmigrations.RetiresColumn} isn't looked up. Without this, a retired migration that was never run is an error, since
     * an old database looks the same. The columns are looked up when a migration begins. If you set this only once, such as for a
     * new customer, dispatch with {@link Mode#AFTER}. Otherwise, after-release migrations begin later, without this setting.
     *
     * @return this
     */
    public RegistryBuilder<R> assumeNewDatabase() {
        newDatabase = true;
        return this;
    }

    /**
     * The schema of the state tables (on MariaDB and MySQL, the database), chosen at run time, for example for one of many tenants.
     * It takes precedence over {@code @AsyncMigrations(schema = …)}. Without both, it is the schema in which the connections create
     * tables.
     *
     * @param schema its name, in the database's case
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
     * Treats a server that speaks the protocol of PostgreSQL, MariaDB or MySQL as one of these, although it is known to be another
     * product (CockroachDB, YugabyteDB, Redshift, TiDB and others). Without this, such a server is refused.
     *
     * @return this
     */
    public RegistryBuilder<R> allowUnknownProduct() {
        connections = connections.allowingUnknownProduct();
        return this;
    }

    /**
     * The application's name. Two applications of different names can't use the same state tables, since each would wait for
     * migrations that the other doesn't have. An application without a name may use any state tables.
     *
     * @param name its name
     * @param formerNames names that it had before, as long as instances with these names are running
     * @return this
     */
    public RegistryBuilder<R> application(String name, String... formerNames) {
        application = Objects.requireNonNull(name, "application");
        formerly = Set.of(formerNames);
        return this;
    }

    /**
     * The application's release, for people who read the instances table.
     *
     * @param name such as {@code 2.4.0}
     * @return this
     */
    public RegistryBuilder<R> release(String name) {
        release = Objects.requireNonNull(name, "release");
        return this;
    }

    /**
     * Prints what happens, in addition to the log: a line for each start, end, failure and reason to wait. On a terminal, a
     * progress bar is drawn below the lines. Elsewhere, each walk prints a line every 10 seconds.
     *
     * @param out where to print, usually {@code System.out}
     * @return this
     */
    public RegistryBuilder<R> progress(PrintStream out) {
        progress = Objects.requireNonNull(out, "out");
        return this;
    }

    /**
     * An operator for the state tables of the registry with the settings so far. Unlike the registry, it reads and gives orders in
     * somebody's name.
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

    /** A builder with another builder's connections. */
    static <R extends MigrationRegistry> RegistryBuilder<R> over(Connections connections, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog, connections);
    }

    MigrationCatalog<R> catalog() {
        return catalog;
    }

    Connections connections() {
        return connections;
    }

    /** Lets a test skip this wait. */
    RegistryBuilder<R> giveWay(Duration time) {
        giveWay = time;
        return this;
    }

    /** Lets a test send the heartbeats of this instance. */
    RegistryBuilder<R> beatenByHand(boolean byHand) {
        beatenByHand = byHand;
        return this;
    }

    /** Lets a test move the clock forward. */
    RegistryBuilder<R> clockShift(Supplier<Duration> shift) {
        clockShift = shift;
        return this;
    }

    /**
     * Builds the registry. Doesn't query the database.
     *
     * @return the registry
     * @throws IllegalArgumentException if the environment has an unknown mode, or if the jOOQ configuration maps schemas and the
     *     schema of the state tables isn't set
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
        R registry = catalog.registry(new Dispatcher(settings, MigrationSet.of(catalog), connections));
        told.onBuilt(registry);
        return registry;
    }

    /** With a schema mapping, the migrations would change one tenant's tables, but all tenants would share one state. */
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
            throw new IllegalArgumentException(setting + " must be 1 or more, but is " + number);
        }
        return number;
    }
}
