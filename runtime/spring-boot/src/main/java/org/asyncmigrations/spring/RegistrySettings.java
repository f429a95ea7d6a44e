package org.asyncmigrations.spring;

import java.util.function.Consumer;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.release.Gate;
import org.asyncmigrations.throttle.Throttle;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * The settings of a registry: the properties, beans of the runtime's own types, and the customizers.
 *
 * @param properties the keys
 * @param environment for names that are already properties of Spring Boot
 * @param beans what the application adds
 */
record RegistrySettings(AsyncMigrationsProperties properties, Environment environment, Beans beans) {
    /** The beans that an application may define. */
    record Beans(
            ObjectProvider<Throttle> throttles,
            ObjectProvider<Gate> gates,
            ObjectProvider<DispatchListener> listeners,
            ObjectProvider<Worker> worker,
            ObjectProvider<AsyncMigrationsCustomizer> customizers) {}

    void apply(RegistryBuilder<?> builder) {
        durations(builder);
        numbers(builder);
        flags(builder);
        names(builder);
        beans.throttles().orderedStream().forEach(builder::throttle);
        beans.gates().orderedStream().forEach(builder::gate);
        beans.listeners().orderedStream().forEach(builder::listener);
        beans.worker().ifAvailable(builder::worker);
        beans.customizers().orderedStream().forEach(customizer -> customizer.customize(builder));
    }

    private void durations(RegistryBuilder<?> builder) {
        set(properties.targetBatchTime(), builder::targetBatchTime);
        set(properties.lockTimeout(), builder::lockTimeout);
        set(properties.statementTimeout(), builder::statementTimeout);
        set(properties.claimTime(), builder::claimTime);
        set(properties.pollEvery(), builder::pollEvery);
        set(properties.maxReplicationLag(), builder::maxReplicationLag);
        set(properties.settleTime(), builder::settleTime);
        set(properties.drainTime(), builder::drainTime);
    }

    private void numbers(RegistryBuilder<?> builder) {
        set(properties.mode(), builder::mode);
        set(properties.threads(), builder::threads);
        set(properties.maxWorkers(), builder::maxWorkers);
        set(properties.concurrentMigrations(), builder::concurrentMigrations);
        set(properties.maxAttempts(), builder::maxAttempts);
        set(properties.rejectBudget(), builder::rejectBudget);
    }

    private void flags(RegistryBuilder<?> builder) {
        builder.verbose(properties.verbose());
        if (properties.assumeNoOlderInstances()) {
            builder.assumeNoOlderInstances();
        }
        if (properties.allowTooOld()) {
            builder.allowTooOld();
        }
        if (properties.assumeNewDatabase()) {
            builder.assumeNewDatabase();
        }
        if (properties.allowUnknownProduct()) {
            builder.allowUnknownProduct();
        }
    }

    private void names(RegistryBuilder<?> builder) {
        set(properties.stateSchema(), builder::stateSchema);
        set(or(properties.flywayTable(), "spring.flyway.table"), builder::flywayTable);
        set(or(properties.liquibaseTable(), "spring.liquibase.database-change-log-table"), builder::liquibaseTable);
        set(properties.release(), builder::release);
        set(
                or(properties.application(), "spring.application.name"),
                name -> builder.application(name, properties.formerly().toArray(String[]::new)));
    }

    private @Nullable String or(@Nullable String value, String key) {
        return value == null ? environment.getProperty(key) : value;
    }

    private static <T> void set(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }
}
