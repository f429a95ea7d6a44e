package org.asyncmigrations.flyway;

import java.util.stream.Stream;
import org.asyncmigrations.MigrationRegistry;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/** Adds the migrations of a registry to Flyway's. Stateless, and so thread-safe. */
public final class FlywayQueue {
    private FlywayQueue() {}

    /**
     * Makes {@code migrate()} register the registry's migrations, each at its version, and dispatch them at its end.
     *
     * @param flyway the configuration, with all of the application's own Java migrations and callbacks
     * @param migrations the registry; the application closes it when it ends
     * @return the configuration
     */
    public static FluentConfiguration join(FluentConfiguration flyway, MigrationRegistry migrations) {
        Callback[] callbacks = Stream.concat(
                        Stream.of(flyway.getCallbacks()), Stream.of(new DispatchAfterMigrate(migrations)))
                .toArray(Callback[]::new);
        return register(flyway, migrations).callbacks(callbacks);
    }

    /**
     * Makes {@code migrate()} register the registry's migrations without dispatching them. For an application that calls
     * {@code dispatch()} itself, once the objects that the migrations' constructors need are available.
     *
     * @param flyway the configuration, with all of the application's own Java migrations
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
