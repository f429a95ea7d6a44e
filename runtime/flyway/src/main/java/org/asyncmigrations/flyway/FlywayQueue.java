package org.asyncmigrations.flyway;

import java.util.stream.Stream;
import org.asyncmigrations.MigrationRegistry;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/** Joins a registry to Flyway's queue. Without state, and so safe for threads. */
public final class FlywayQueue {
    private FlywayQueue() {}

    /**
     * Has {@code migrate()} register the registry's migrations, each at its version, and dispatch them when it is through.
     *
     * @param flyway the configuration, with all Java migrations and callbacks of the application's own
     * @param migrations the registry; to be closed by the application when it ends
     * @return the configuration
     */
    public static FluentConfiguration join(FluentConfiguration flyway, MigrationRegistry migrations) {
        Callback[] callbacks = Stream.concat(
                        Stream.of(flyway.getCallbacks()), Stream.of(new DispatchAfterMigrate(migrations)))
                .toArray(Callback[]::new);
        return register(flyway, migrations).callbacks(callbacks);
    }

    /**
     * Has {@code migrate()} register the registry's migrations, and no more: for an application that dispatches them itself,
     * when all is up that their constructors ask for.
     *
     * @param flyway the configuration, with all Java migrations of the application's own
     * @param migrations the registry
     * @return the configuration
     */
    public static FluentConfiguration register(FluentConfiguration flyway, MigrationRegistry migrations) {
        JavaMigration[] all = Stream.concat(
                        Stream.of(flyway.getJavaMigrations()),
                        migrations.entries().stream().map(entry -> new RegisteringMigration(entry, migrations)))
                .toArray(JavaMigration[]::new);
        return flyway.javaMigrations(all);
    }
}
