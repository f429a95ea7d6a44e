package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs a statement on MariaDB with the mildest algorithm and lock that it allows. */
final class MariaDbTrial {
    /** "Not supported" and "not supported for this reason"; a wrong combination. */
    private static final Set<Integer> NEXT = Set.of(1845, 1846, 1221);
    /** A statement that takes no algorithm. */
    private static final int SYNTAX = 1064;
    /** A foreign key, a check, a unique key, a not null that the throw-away row does not fit. */
    private static final Set<Integer> OF_ROWS = Set.of(1452, 4025, 1062, 1265, 1138);

    private static final List<Trial> TRIALS = List.of(
            new Trial("INSTANT", "NONE", Verdict.SHORT_LOCK, "changes only the table's metadata"),
            new Trial("NOCOPY", "NONE", Verdict.SHORT_LOCK, "may read the whole table; reads and writes continue"),
            new Trial("NOCOPY", "SHARED", Verdict.BLOCKS_WRITES, "reads the whole table, and writes wait"),
            new Trial("INPLACE", "NONE", Verdict.REWRITES, "rewrites the whole table; reads and writes continue"),
            new Trial("INPLACE", "SHARED", Verdict.REWRITES, "rewrites the whole table, and writes wait"),
            new Trial("COPY", "NONE", Verdict.REWRITES, "copies the whole table row by row; reads and writes continue"),
            new Trial("COPY", "SHARED", Verdict.REWRITES, "copies the whole table row by row, and writes wait"),
            new Trial(
                    "COPY", "EXCLUSIVE", Verdict.REWRITES, "copies the whole table row by row; reads and writes wait"));

    /** What the server allowed, and what that means. */
    record Trial(String algorithm, String lock, Verdict verdict, String meaning) {
        String sentence() {
            return "runs with algorithm=%s, lock=%s: it %s"
                    .formatted(algorithm.toLowerCase(Locale.ROOT), lock.toLowerCase(Locale.ROOT), meaning);
        }
    }

    /** Without a verdict where the server was not asked. */
    record Result(Optional<Verdict> verdict, String sentence) {}

    /** Something to do with the database. */
    interface Work {
        void run() throws SQLException;
    }

    private MariaDbTrial() {}

    static Result run(Connection connection, ScriptStatement statement, Send plain) throws SQLException {
        try (Statement sent = connection.createStatement()) {
            try {
                return changedTable(statement).isPresent() && !saysItself(statement)
                        ? tryAll(sent, statement, plain)
                        : plain(statement, plain);
            } catch (SQLException refused) {
                if (!OF_ROWS.contains(refused.getErrorCode())) {
                    throw refused;
                }
                withoutChecks(sent, () -> {
                    for (String table : MariaDbNames.read(connection).baseTables()) {
                        sent.execute("delete from `%s`".formatted(table));
                    }
                });
                return tryAll(sent, statement, plain);
            }
        }
    }

    /** The table that a statement changes which takes an algorithm. */
    static Optional<String> changedTable(ScriptStatement statement) {
        int at = statement.begins("ALTER", "TABLE") ? 1 : statement.begins("ALTER", "IGNORE", "TABLE") ? 2 : -1;
        if ((statement.begins("CREATE") || statement.begins("DROP")) && isIndex(statement)) {
            at = statement.find("ON");
        }
        if (at < 0) {
            return Optional.empty();
        }
        at++;
        at += statement.has(at, "IF", "EXISTS") ? 2 : 0;
        at += statement.has(at + 1, ".") ? 2 : 0;
        return Optional.of(statement.text(at, at + 1).replace("`", "").toLowerCase(Locale.ROOT));
    }

    private static boolean isIndex(ScriptStatement statement) {
        int index = statement.find("INDEX");
        return index > 0 && index <= 4 && statement.find("ON") > index;
    }

    private static boolean saysItself(ScriptStatement statement) {
        return statement.find("ALGORITHM") >= 0 || statement.find("LOCK") >= 0;
    }

    private static Result plain(ScriptStatement statement, Send plain) throws SQLException {
        plain.run();
        return new Result(
                Optional.empty(),
                saysItself(statement)
                        ? "it names its algorithm or lock itself, so no other was tried"
                        : "MariaDB does not show how it does this");
    }

    private static Result tryAll(Statement sent, ScriptStatement statement, Send plain) throws SQLException {
        String comma = statement.begins("ALTER") ? "," : "";
        for (Trial trial : TRIALS) {
            try {
                sent.execute("%s%s algorithm=%s%s lock=%s"
                        .formatted(statement.text(), comma, trial.algorithm(), comma, trial.lock()));
                return new Result(Optional.of(trial.verdict()), trial.sentence());
            } catch (SQLException refused) {
                if (refused.getErrorCode() == SYNTAX) {
                    return plain(statement, plain);
                } else if (!NEXT.contains(refused.getErrorCode())) {
                    throw refused;
                }
            }
        }
        return plain(statement, plain);
    }

    static void withoutChecks(Statement statement, Work work) throws SQLException {
        statement.execute(
                "set @guard_mode = @@sql_mode, @guard_foreign = @@foreign_key_checks, @guard_check = @@check_constraint_checks");
        statement.execute("set session sql_mode = '', foreign_key_checks = 0, check_constraint_checks = 0");
        try {
            work.run();
        } finally {
            statement.execute(
                    "set session sql_mode = @guard_mode, foreign_key_checks = @guard_foreign, check_constraint_checks = @guard_check");
        }
    }
}
