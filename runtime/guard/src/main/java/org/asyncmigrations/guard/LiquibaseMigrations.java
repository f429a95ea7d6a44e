package org.asyncmigrations.guard;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.executor.ExecutorService;
import org.asyncmigrations.guard.Migration.Code;

/**
 * The change sets of a change log of Liquibase. Those in the history of its database are released, the others are to be judged. The
 * database of the {@code Liquibase} is only asked for its history. Immutable.
 */
public final class LiquibaseMigrations extends Migrations {
    /** These write down an async migration, and change no schema. */
    private static final String REGISTERING = "org.asyncmigrations.liquibase.RegisterAsyncMigration";

    private final Liquibase liquibase;
    private final Contexts contexts;
    private final LabelExpression labels;
    private final Optional<String> newestReleased;

    private LiquibaseMigrations(
            Liquibase liquibase, Contexts contexts, LabelExpression labels, Optional<String> newestReleased) {
        this.liquibase = liquibase;
        this.contexts = contexts;
        this.labels = labels;
        this.newestReleased = newestReleased;
    }

    /**
     * Takes all change sets, of whatever context and label.
     *
     * @param liquibase its database may be the throw-away one: then none is released
     * @return its change sets
     */
    public static LiquibaseMigrations of(Liquibase liquibase) {
        return of(liquibase, new Contexts(), new LabelExpression());
    }

    /**
     * Takes the change sets that an update with these contexts and labels runs.
     *
     * @param liquibase its database may be the throw-away one: then none is released
     * @param contexts as for an update
     * @param labels as for an update
     * @return its change sets
     */
    public static LiquibaseMigrations of(Liquibase liquibase, Contexts contexts, LabelExpression labels) {
        return new LiquibaseMigrations(liquibase, contexts, labels, Optional.empty());
    }

    /**
     * Counts change sets as released, whatever the history says.
     *
     * @param id the id of the last one that is released, in the order of the change log
     * @return these change sets
     */
    public LiquibaseMigrations releasedUpTo(String id) {
        return new LiquibaseMigrations(liquibase, contexts, labels, Optional.of(id));
    }

    @Override
    List<Migration> read(boolean mySql) {
        try {
            DatabaseChangeLog changeLog = liquibase.getDatabaseChangeLog();
            ShouldRunChangeSetFilter isNotRun = new ShouldRunChangeSetFilter(liquibase.getDatabase());
            List<ChangeSet> wanted = changeLog.getChangeSets().stream()
                    .filter(this::isWanted)
                    .filter(changeSet -> !isRegistering(changeSet))
                    .toList();
            int released = released(wanted);
            List<Migration> migrations = new ArrayList<>();
            for (int at = 0; at < wanted.size(); at++) {
                ChangeSet changeSet = wanted.get(at);
                boolean isReleased =
                        at <= released || !isNotRun.accepts(changeSet).isAccepted();
                migrations.add(new Migration(isReleased, code(changeSet, changeLog, mySql)));
            }
            return migrations;
        } catch (LiquibaseException unreadable) {
            throw new IllegalStateException("The change log cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private boolean isWanted(ChangeSet changeSet) {
        List<ChangeSetFilter> filters = List.of(
                new ContextChangeSetFilter(contexts),
                new LabelChangeSetFilter(labels),
                new DbmsChangeSetFilter(liquibase.getDatabase()),
                new IgnoreChangeSetFilter());
        return filters.stream().allMatch(filter -> filter.accepts(changeSet).isAccepted());
    }

    private static boolean isRegistering(ChangeSet changeSet) {
        List<Change> changes = changeSet.getChanges();
        return !changes.isEmpty()
                && changes.stream()
                        .allMatch(change -> change instanceof CustomChangeWrapper wrapper
                                && REGISTERING.equals(wrapper.getClassName()));
    }

    private int released(List<ChangeSet> changeSets) {
        if (newestReleased.isEmpty()) {
            return -1;
        }
        for (int at = changeSets.size() - 1; at >= 0; at--) {
            if (changeSets.get(at).getId().equals(newestReleased.get())) {
                return at;
            }
        }
        throw new IllegalArgumentException("the change log has no change set with the id " + newestReleased.get());
    }

    private Code code(ChangeSet changeSet, DatabaseChangeLog changeLog, boolean mySql) {
        ChangeSetPlace place = ChangeSetPlace.of(changeSet, liquibase.getResourceAccessor(), mySql);
        return new Code(
                List.of(),
                place.whole(),
                place::find,
                changeSet.isRunInTransaction(),
                connection -> run(changeSet, changeLog, connection, !mySql));
    }

    private void run(ChangeSet changeSet, DatabaseChangeLog changeLog, Connection connection, boolean hasSchemas)
            throws Exception {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        // Elsewhere a schema is a database, and the throw-away one has another name.
        if (hasSchemas) {
            database.setDefaultSchemaName(liquibase.getDatabase().getDefaultSchemaName());
        }
        try {
            Scope.child(Scope.Attr.resourceAccessor, liquibase.getResourceAccessor(), () -> {
                ChangeSet.ExecType done = changeSet.execute(changeLog, database);
                if (done != ChangeSet.ExecType.EXECUTED && done != ChangeSet.ExecType.RERAN) {
                    throw new IllegalStateException(
                            "Liquibase did not run it here (%s), because of a precondition or of an error that it ignores"
                                    .formatted(done));
                }
            });
        } finally {
            Scope.getCurrentScope().getSingleton(ExecutorService.class).clearExecutor("jdbc", database);
        }
    }
}
