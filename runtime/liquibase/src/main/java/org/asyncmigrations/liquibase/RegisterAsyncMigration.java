package org.asyncmigrations.liquibase;

import java.sql.Connection;
import liquibase.Scope;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.CustomChangeException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.asyncmigrations.MigrationRegistry;

/**
 * A custom change that registers one migration as created, in Liquibase's transaction. Its parameter {@code version} names the
 * migration. Used by one thread.
 */
public final class RegisterAsyncMigration implements CustomTaskChange {
    private String version = "";

    /** For Liquibase, which creates it by its class's name. */
    public RegisterAsyncMigration() {}

    /**
     * Sets the migration.
     *
     * @param written its version, with or without underscores
     */
    public void setVersion(String written) {
        version = written;
    }

    /** {@return the migration's version, as the change log has it} */
    public String getVersion() {
        return version;
    }

    @Override
    public ValidationErrors validate(Database database) {
        ValidationErrors errors = new ValidationErrors();
        if (!version.matches("[0-9][0-9_]*L?")) {
            errors.addError("<param name=\"version\"> must be the version of a migration, such as 20261121_093000");
        }
        return errors;
    }

    @Override
    public void execute(Database database) throws CustomChangeException {
        MigrationRegistry migrations = Scope.getCurrentScope().get(LiquibaseQueue.REGISTRY, MigrationRegistry.class);
        if (migrations == null) {
            throw new CustomChangeException(
                    "migration " + version + " must be registered by the application that contains it; run Liquibase"
                            + " within LiquibaseQueue.join(registry, …)");
        }
        try {
            migrations.migration(Long.parseLong(version.replaceAll("[_L]", ""))).register(connection(database));
        } catch (RuntimeException failure) {
            throw new CustomChangeException(failure.getMessage(), failure);
        }
    }

    private static Connection connection(Database database) {
        return ((JdbcConnection) database.getConnection()).getUnderlyingConnection();
    }

    @Override
    public String getConfirmationMessage() {
        return "async migration " + version + " registered";
    }

    @Override
    public void setUp() {
        // Nothing to prepare.
    }

    @Override
    public void setFileOpener(ResourceAccessor resources) {
        // Reads no file.
    }
}
