package org.asyncmigrations.spring;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.Mode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys {@code async-migrations.*}. They have the names and the defaults of the builder's settings.
 *
 * @param enabled Whether there is a bean for the registry, which is dispatched and closed with the application.
 * @param dispatch When the work begins. "on-ready": when the application is ready. "manual": when the application calls
 *     dispatch(). "job": like on-ready, then the process waits for the work and ends with its exit code.
 * @param jobTimeout How long a job waits, also for gates and operators. If unset, it waits as long as something continues on its
 *     own.
 * @param testRegistries Whether registries of test classes are beans too.
 * @param mode Whether after-release migrations run. If unset, the environment variable MODE decides, or else the gate.
 * @param threads How many workers this instance has, 2 by default. Each uses a connection while it works, and the registry uses
 *     one more.
 * @param maxWorkers How many workers of all instances together may work on one batch migration, 4 by default.
 * @param concurrentMigrations How many independent migrations may run at the same time, in all instances together, 2 by default.
 * @param targetBatchTime How long a batch's transaction should take, 100 ms by default. Other transactions may have to wait that
 *     long for its rows.
 * @param lockTimeout How long a statement may wait for a lock, the target batch time by default.
 * @param statementTimeout How long a statement of a migration in one piece may take, 1 hour by default.
 * @param maxAttempts How many attempts may fail before the migration fails, 5 by default.
 * @param rejectBudget How many rows of a migration may be set aside because they can't be changed even alone, 100 by default.
 * @param claimTime How long a claim is valid without renewal, 30 seconds by default. After that time, another instance takes over
 *     the work of one that was killed.
 * @param pollEvery How long a worker with nothing to do waits before it asks the database again, 2 seconds by default.
 * @param maxReplicationLag How far standbys may be behind before the work waits for them, 10 seconds by default. Zero never
 *     waits.
 * @param settleTime How long all live instances must have run a build with an after-release migration before its gate opens, 30
 *     seconds by default.
 * @param drainTime How long an instance still counts for the gate after it has closed, 30 seconds by default.
 * @param assumeNoOlderInstances Whether no instance is running whose release did not have async-migrations yet.
 * @param allowTooOld Whether this build runs although an after-release migration that it does not contain has begun.
 * @param assumeNewDatabase Whether a database without any migration was created in the newest shape.
 * @param allowUnknownProduct Whether a database that speaks a supported one's protocol is treated as that one.
 * @param stateSchema Schema of the state tables.
 * @param flywayTable Flyway's history, "spring.flyway.table" by default.
 * @param liquibaseTable Liquibase's history, "spring.liquibase.database-change-log-table" by default.
 * @param application The application's name, "spring.application.name" by default.
 * @param formerly Earlier names of the application, for as long as instances with these names are running.
 * @param release The application's release, shown to people.
 * @param verbose Whether each batch is logged at INFO.
 * @param health What the health contributor reports.
 * @param console The pages that show the state of the migrations.
 */
@ConfigurationProperties("async-migrations")
record AsyncMigrationsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("on-ready") DispatchTime dispatch,
        @Nullable Duration jobTimeout,
        @DefaultValue("false") boolean testRegistries,
        @Nullable Mode mode,
        @Nullable Integer threads,
        @Nullable Integer maxWorkers,
        @Nullable Integer concurrentMigrations,
        @Nullable Duration targetBatchTime,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable Integer maxAttempts,
        @Nullable Integer rejectBudget,
        @Nullable Duration claimTime,
        @Nullable Duration pollEvery,
        @Nullable Duration maxReplicationLag,
        @Nullable Duration settleTime,
        @Nullable Duration drainTime,
        @DefaultValue("false") boolean assumeNoOlderInstances,
        @DefaultValue("false") boolean allowTooOld,
        @DefaultValue("false") boolean assumeNewDatabase,
        @DefaultValue("false") boolean allowUnknownProduct,
        @Nullable String stateSchema,
        @Nullable String flywayTable,
        @Nullable String liquibaseTable,
        @Nullable String application,
        @DefaultValue({}) List<String> formerly,
        @Nullable String release,
        @DefaultValue("false") boolean verbose,
        @DefaultValue Health health,
        @DefaultValue ConsoleKeys console) {
    /**
     * What the health contributor reports.
     *
     * @param failedStatus Status while a migration has failed: "UP", because the application still works, or another, such as
     *     "DOWN".
     */
    record Health(@DefaultValue("UP") String failedStatus) {}

    /**
     * The pages that show the state of the migrations.
     *
     * @param enabled Whether the console is served. Restrict its path to those who may see it.
     * @param path Path of the console, below the application's own.
     */
    record ConsoleKeys(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/async-migrations") String path) {}
}
