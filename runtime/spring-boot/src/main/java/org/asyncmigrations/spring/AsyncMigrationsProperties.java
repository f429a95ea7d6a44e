package org.asyncmigrations.spring;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.Mode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys {@code async-migrations.*}: named as the builder's settings, whose defaults they have.
 *
 * @param enabled Whether the registry is made a bean, dispatched and closed.
 * @param dispatch When the work begins. "on-ready" is when the application is ready, "manual" when the application calls
 *     dispatch(), "job" is on-ready, after which the process waits for the work and ends with its exit code.
 * @param jobTimeout How long a job waits, also for gates and operators. If unset, it waits for as long as something goes on by itself.
 * @param testRegistries Whether registries of test classes are made beans too.
 * @param mode Whether after-release migrations run. If unset, the environment says so, else the gate decides.
 * @param threads How many workers this instance has, 2 by default. Each uses a connection while it works, and one more is used
 *     besides them.
 * @param maxWorkers How many workers of all instances together may work on one batch migration, 4 by default.
 * @param concurrentMigrations How many independent migrations may run at once in all instances together, 2 by default.
 * @param targetBatchTime How long a batch's transaction should take, and so how long others may have to wait for its rows, 100 ms by default.
 * @param lockTimeout How long a statement may wait for a lock, the target batch time by default.
 * @param statementTimeout How long a statement of a migration in one piece may take, 1 hour by default.
 * @param maxAttempts How often an attempt may fail before the migration does, 5 by default.
 * @param rejectBudget How many rows of a migration may be set aside because they cannot be changed even alone, 100 by default.
 * @param claimTime How long a claim holds without renewal, and so how long until the work of an instance that was killed is taken
 *     over, 30 seconds by default.
 * @param pollEvery How long a worker with nothing to do waits before it asks the database again, 2 seconds by default.
 * @param maxReplicationLag How far standbys may be behind before the work waits for them, 10 seconds by default. Zero to wait for none.
 * @param settleTime How long all live instances must have run a build with an after-release migration before its gate opens, 30
 *     seconds by default.
 * @param drainTime How long an instance still counts for the gate after its close, 30 seconds by default.
 * @param assumeNoOlderInstances Whether no instance of a release runs that did not have async-migrations yet.
 * @param allowTooOld Whether this build runs although an after-release migration that it does not know has begun.
 * @param assumeNewDatabase Whether a database without a migration yet counts as one that was created in the newest shape.
 * @param allowUnknownProduct Whether a database that speaks the protocol of a supported one is taken for it.
 * @param stateSchema Schema of the state tables.
 * @param flywayTable Flyway's history, "spring.flyway.table" by default.
 * @param liquibaseTable Liquibase's history, "spring.liquibase.database-change-log-table" by default.
 * @param application The application's name, "spring.application.name" by default.
 * @param formerly Names that the application had before, while instances still run that have them.
 * @param release The application's release, for people.
 * @param verbose Whether each batch is logged at the level INFO.
 * @param health What the health contributor says.
 * @param console The pages that show where migrations stand.
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
     * What the health contributor says.
     *
     * @param failedStatus Status while a migration has failed: "UP" because the application serves all the same, or another, such as "DOWN".
     */
    record Health(@DefaultValue("UP") String failedStatus) {}

    /**
     * The pages that show where migrations stand.
     *
     * @param enabled Whether the console is served. Keep those out of its path who may not look.
     * @param path Path of the console, below the application's own.
     */
    record ConsoleKeys(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/async-migrations") String path) {}
}
