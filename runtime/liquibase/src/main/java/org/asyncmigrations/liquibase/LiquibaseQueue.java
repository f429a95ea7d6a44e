package org.asyncmigrations.liquibase;

import java.util.Map;
import liquibase.Scope;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationRegistry;

/** Adds the migrations of a registry to a run of Liquibase. Stateless, and so thread-safe. */
public final class LiquibaseQueue {
    /** The registry's name in Liquibase's scope. */
    static final String REGISTRY = "org.asyncmigrations.registry";

    private LiquibaseQueue() {}

    /**
     * Runs an update in which {@link RegisterAsyncMigration} finds the registry, and dispatches its migrations afterwards.
     *
     * @param migrations the registry; the application closes it when it ends
     * @param update runs Liquibase
     * @return the dispatch
     * @throws Exception whatever the update throws; nothing is dispatched then
     */
    public static Dispatch join(MigrationRegistry migrations, Scope.ScopedRunner<?> update) throws Exception {
        register(migrations, update);
        return migrations.dispatch();
    }

    /**
     * Like {@link #join}, but without dispatching. For an application that calls {@code dispatch()} itself, once the objects that
     * the migrations' constructors need are available.
     *
     * @param migrations the registry
     * @param update runs Liquibase
     * @throws Exception whatever the update throws
     */
    public static void register(MigrationRegistry migrations, Scope.ScopedRunner<?> update) throws Exception {
        Scope.child(Map.of(REGISTRY, migrations), update);
    }
}
