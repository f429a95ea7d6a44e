package org.asyncmigrations.guard;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asyncmigrations.guard.Migration.Code;
import org.asyncmigrations.guard.Migration.Content;
import org.asyncmigrations.guard.Migration.Script;
import org.asyncmigrations.guard.Migration.Unreadable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The migrations of a Flyway configuration. Those in the schema history of its database are released, the others are to be judged. The
 * database of the configuration is only asked for its history; callbacks and undo migrations are not run. Immutable.
 */
public final class FlywayMigrations extends Migrations {
    /** These write down an async migration, and change no schema. */
    private static final String REGISTERING = "org.asyncmigrations.flyway.RegisteringMigration";

    private final Flyway flyway;
    private final Optional<MigrationVersion> newestReleased;

    private FlywayMigrations(Flyway flyway, Optional<MigrationVersion> newestReleased) {
        this.flyway = flyway;
        this.newestReleased = newestReleased;
    }

    /**
     * Takes Flyway as the application configures it.
     *
     * @param flyway its database may be the throw-away one: then none is released
     * @return its migrations
     */
    public static FlywayMigrations of(Flyway flyway) {
        return new FlywayMigrations(flyway, Optional.empty());
    }

    /**
     * Counts versions as released, whatever the history says.
     *
     * @param version the newest that is released, as Flyway writes it
     * @return these migrations
     */
    public FlywayMigrations releasedUpTo(String version) {
        return new FlywayMigrations(flyway, Optional.of(MigrationVersion.fromVersion(version)));
    }

    @Override
    List<Migration> read(boolean mySql) {
        FlywayScripts scripts = new FlywayScripts(flyway.getConfiguration(), mySql);
        List<Migration> migrations = new ArrayList<>();
        for (MigrationInfo info : flyway.info().all()) {
            if (isRun(info)) {
                migrations.add(new Migration(isReleased(info), content(info, scripts)));
            }
        }
        return flyway.getConfiguration().isGroup() ? grouped(migrations) : migrations;
    }

    private static boolean isRun(MigrationInfo info) {
        MigrationState state = info.getState();
        boolean isPending = state == MigrationState.PENDING;
        boolean isApplied = state.isApplied()
                && state.isResolved()
                && state != MigrationState.UNDONE
                && state != MigrationState.OUTDATED
                && state != MigrationState.SUPERSEDED;
        boolean isOfFlyway = info.getType().isUndo() || info.getType().isSynthetic();
        return (isPending || isApplied) && !isOfFlyway && !REGISTERING.equals(info.getScript());
    }

    private boolean isReleased(MigrationInfo info) {
        return info.getState().isApplied()
                || info.getVersion() != null
                        && newestReleased
                                .filter(newest -> info.getVersion().compareTo(newest) <= 0)
                                .isPresent();
    }

    private Content content(MigrationInfo info, FlywayScripts scripts) {
        String type = info.getType().name();
        if (type.startsWith("SQL")) {
            return scripts.read(info);
        } else if (type.startsWith("JDBC")) {
            return code(info, scripts.setUp());
        }
        return new Unreadable(whole(info), "the guard cannot run migrations of Flyway's type " + type);
    }

    private Content code(MigrationInfo info, List<String> setUp) {
        Configuration configuration = flyway.getConfiguration();
        String name = info.getScript();
        JavaMigration migration;
        try {
            Optional<JavaMigration> given = Stream.of(configuration.getJavaMigrations())
                    .filter(each -> each.getClass().getName().equals(name)
                            && each.getDescription().equals(info.getDescription()))
                    .findFirst();
            migration = given.isPresent()
                    ? given.get()
                    : (JavaMigration) Class.forName(name, true, configuration.getClassLoader())
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError cannot) {
            return new Unreadable(whole(info), "its class cannot be created: " + cannot);
        }
        JavaPlace place = new JavaPlace(name);
        return new Code(
                setUp,
                place.whole(),
                place::find,
                migration.canExecuteInTransaction(),
                connection -> migration.migrate(new OfConnection(configuration, connection)));
    }

    private static ScriptStatement whole(MigrationInfo info) {
        return ScriptStatement.whole(info.getScript(), 1, info.getScript(), List.of());
    }

    /** What Flyway runs in one transaction is one script. */
    private static List<Migration> grouped(List<Migration> migrations) {
        List<Migration> grouped = new ArrayList<>();
        for (Migration migration : migrations) {
            Migration last = grouped.isEmpty() ? null : grouped.get(grouped.size() - 1);
            if (last != null
                    && !last.isReleased()
                    && !migration.isReleased()
                    && last.content() instanceof Script before
                    && migration.content() instanceof Script script
                    && before.inOneTransaction()
                    && script.inOneTransaction()) {
                List<ScriptStatement> both = new ArrayList<>(before.statements());
                both.addAll(script.statements());
                grouped.set(grouped.size() - 1, new Migration(false, new Script(before.setUp(), both, true)));
            } else {
                grouped.add(migration);
            }
        }
        return grouped;
    }

    /** What a Java migration gets. */
    private record OfConnection(Configuration configuration, Connection connection) implements Context {
        @Override
        public Configuration getConfiguration() {
            return configuration;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }
    }
}
