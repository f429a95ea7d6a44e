package org.asyncmigrations.liquibase;

import java.util.Map;
import liquibase.Scope;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationRegistry;

/** Joins a registry to a run of Liquibase's. Without state, and so safe for threads. */
public final class LiquibaseQueue {
    /** The name of the registry in Liquibase's scope. */
    static final String REGISTRY = "org.asyncmigrations.registry";

    private LiquibaseQueue() {}

    /**
     * Runs an update in which {@link RegisterAsyncMigration} finds the registry, and dispatches its migrations afterwards.
     *
     * @param migrations the registry; to be closed by the application when it ends
     * @param update what runs Liquibase
     * @return the work that has been dispatched
     * @throws Exception what the update throws; nothing is dispatched then
     */
    public static Dispatch join(MigrationRegistry migrations, Scope.ScopedRunner<?> update) throws Exception {
        register(migrations, update);
        return migrations.dispatch();
    }

    /**
     * The same without a dispatch: for an application that dispatches itself, when all is up that the constructors of its
     * migrations ask for.
     *
     * @param migrations the registry
     * @param update what runs Liquibase
     * @throws Exception what the update throws
     */
    public static void register(MigrationRegistry migrations, Scope.ScopedRunner<?> update) throws Exception {
        Scope.child(Map.of(REGISTRY, migrations), update);
    }
}
