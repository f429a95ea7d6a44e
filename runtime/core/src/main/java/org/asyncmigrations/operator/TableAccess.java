package org.asyncmigrations.operator;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTables;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.exception.DataAccessException;

/** Access to the state tables. Explains failures in a sentence. Thread-safe. */
final class TableAccess {
    private final Connections connections;
    private final StateTables tables;

    /** Caches which columns exist, from the first read on. */
    private final StateStore reader;

    TableAccess(Connections connections, StateTables tables) {
        this.connections = connections;
        this.tables = tables;
        this.reader = store("");
    }

    Connections connections() {
        return connections;
    }

    StateTables tables() {
        return tables;
    }

    /** Reads in one transaction. */
    <T> T read(Function<StateTransaction, T> what) {
        return asked("read", () -> reader.transaction(what));
    }

    /** Gives an order in one transaction, in the name of an operator. Refused on tables of a newer version. */
    <T> T write(String who, Function<StateTransaction, T> what) {
        return asked("changed", () -> {
            StateSchema.refuseNewer(connections, tables);
            return store(who).transaction(what);
        });
    }

    /** {@return whether the tables exist} */
    boolean exist() {
        return asked("read", () -> StateSchema.exists(connections, tables));
    }

    /** {@return the statements that create the tables} */
    String ddl() {
        return asked("described", () -> StateSchema.script(connections, tables));
    }

    private StateStore store(String who) {
        return new StateStore(connections, () -> tables, who, event -> {}, () -> Duration.ZERO);
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private <T> T asked(String done, Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException | DataAccessException failure) {
            throw explained(done, failure);
        }
    }

    private MigrationException explained(String done, Exception failure) {
        SQLException said = Trouble.sqlException(failure);
        Exception cause = said == null ? failure : said;
        if (Trouble.mayCome(cause)) {
            try {
                StateSchema.requireColumns(connections, tables);
            } catch (MigrationException found) {
                return found;
            } catch (SQLException | DataAccessException further) {
                cause.addSuppressed(further);
            }
        }
        String what = Trouble.of(cause) == Trouble.CONNECTION && !Trouble.isReadOnly(cause)
                ? "the database cannot be reached: "
                : "the state tables cannot be " + done + ": ";
        String words = Trouble.words(cause).lines().findFirst().orElse("");
        return new MigrationException(0, what + words, failure);
    }
}
