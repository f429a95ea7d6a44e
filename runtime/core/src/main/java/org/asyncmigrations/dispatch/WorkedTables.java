package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.StateStore;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the tables that a migration works on, by their names in the database. Immutable and thread-safe. */
record WorkedTables(StateStore store) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkedTables.class);

    /**
     * The tables of a migration.
     *
     * @param entry the migration
     * @param migration its object; if its key fails, the table is left out, and its attempt reports the failure
     * @return their names, each as written if the database doesn't know it
     */
    Set<String> of(MigrationEntry entry, Object migration) throws SQLException {
        Set<String> tables = new TreeSet<>();
        boolean namesTable = migration instanceof BatchMigration || migration instanceof SchemaMigration;
        if (!namesTable && entry.writes().isEmpty()) {
            return tables;
        }
        try (Session session = store.connections().borrow()) {
            if (namesTable) {
                for (String own : ownTables(session, entry, migration)) {
                    tables.add(Objects.requireNonNullElse(named(session, own), own));
                }
            }
            for (String table : entry.writes()) {
                String quoted = session.dsl().render(DSL.table(DSL.name(table.split("\\."))));
                String name = named(session, quoted);
                // Also try the rules for unquoted names, since people forget about them.
                String otherwise = name == null ? named(session, table) : name;
                tables.add(otherwise == null ? table : otherwise);
            }
        }
        return tables;
    }

    private static List<String> ownTables(Session session, MigrationEntry entry, Object migration) throws SQLException {
        session.begin(Limits.STATE);
        try (UserWork work = session.userWork(Limits.STATE)) {
            return named(migration).map(work.own()::render).toList();
        } catch (RuntimeException refused) {
            LOG.debug("the tables of {} cannot be read from its code", entry, refused);
            return List.of();
        } finally {
            session.rollback();
        }
    }

    private static Stream<Table<?>> named(Object migration) {
        if (migration instanceof BatchMigration batches) {
            return Stream.of(Objects.requireNonNull(batches.key()).table());
        }
        SchemaChange change = ((SchemaMigration) migration).change();
        return change instanceof SchemaChange.AddForeignKey key
                ? Stream.of(key.table(), key.referenced())
                : Stream.of(change.table());
    }

    /** {@return the database's name for a table, null if it doesn't know it} */
    private static @Nullable String named(Session session, String sql) throws SQLException {
        session.begin(Limits.STATE);
        try {
            return session.product().nameOf(session.dsl(), sql);
        } catch (DataAccessException unknown) {
            if (session.isBroken()) {
                throw unknown;
            }
            LOG.debug("the table {} is not known to the database", sql, unknown);
            return null;
        } finally {
            session.rollback();
        }
    }
}
