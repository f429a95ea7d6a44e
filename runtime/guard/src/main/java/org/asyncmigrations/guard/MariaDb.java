package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.asyncmigrations.guard.Migration.Code;
import org.asyncmigrations.guard.Migration.Script;

/**
 * MariaDB does not show its locks, but refuses an algorithm or a lock that is not enough for a change of a table: so each is asked for,
 * from the mildest on. Of other statements only what they leave is seen.
 */
final class MariaDb implements Product {
    private static final Set<String> OF_THE_SERVER =
            Set.of("DATABASE", "SCHEMA", "USER", "ROLE", "SERVER", "TABLESPACE");
    /** These touch no row and no lock that others wait for. */
    private static final Set<String> HARMLESS =
            Set.of("SELECT", "SET", "SHOW", "ANALYZE", "COMMIT", "BEGIN", "START", "ROLLBACK");

    private static final Set<String> HARMLESS_TO_CREATE = Set.of(
            "TABLE", "TEMPORARY", "VIEW", "SEQUENCE", "FUNCTION", "PROCEDURE", "OR", "DEFINER", "ALGORITHM", "SQL");

    private final DataSource dataSource;
    private Live live = Live.UNKNOWN;

    MariaDb(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean readsAsMySql() {
        return true;
    }

    @Override
    public List<String> tables() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return List.copyOf(MariaDbNames.read(connection).tables());
        }
    }

    @Override
    public void ask(Connection other) throws SQLException {
        live = Live.read(other, false);
    }

    @Override
    public void run(Script script) throws SQLException {
        try (Connection pooled = dataSource.getConnection();
                Statement statement = pooled.unwrap(Connection.class).createStatement()) {
            setUp(statement, script.setUp());
            for (ScriptStatement each : script.statements()) {
                Optional<String> reason = beyond(each);
                if (reason.isPresent()) {
                    throw new SQLException("%s:%d: %s".formatted(each.file(), each.line(), reason.get()));
                }
                try {
                    statement.execute(each.text());
                } catch (SQLException refused) {
                    throw new SQLException(
                            "%s:%d: %s".formatted(each.file(), each.line(), Failure.sentence(refused)), refused);
                }
            }
        }
        fill();
    }

    private static void setUp(Statement statement, List<String> setUp) throws SQLException {
        for (String sql : setUp) {
            statement.execute(sql);
        }
    }

    @Override
    public void run(Code code) throws Exception {
        try (Connection pooled = dataSource.getConnection()) {
            Connection connection = pooled.unwrap(Connection.class);
            try (Statement statement = connection.createStatement()) {
                setUp(statement, code.setUp());
            }
            connection.setAutoCommit(!code.inTransaction());
            code.body().run(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            connection.setAutoCommit(true);
        }
        fill();
    }

    private static Optional<String> beyond(ScriptStatement statement) {
        if (statement.obstacle().isPresent()) {
            return statement.obstacle();
        }
        boolean defines = statement.begins("CREATE") || statement.begins("ALTER") || statement.begins("DROP");
        boolean isOfTheServer = defines
                && statement.words().size() > 1
                && OF_THE_SERVER.contains(statement.words().get(1).text());
        return isOfTheServer
                        || statement.begins("USE")
                        || statement.begins("GRANT")
                        || statement.begins("REVOKE")
                        || statement.begins("SET", "GLOBAL")
                        || statement.begins("LOAD")
                ? Optional.of("it reaches beyond this database, so it was not run")
                : Optional.empty();
    }

    @Override
    public List<Judgement> judge(Code code) throws SQLException {
        List<Judgement> judgements = new ArrayList<>();
        try (Connection pooled = dataSource.getConnection()) {
            Connection connection = pooled.unwrap(Connection.class);
            try (Statement statement = connection.createStatement()) {
                setUp(statement, code.setUp());
            }
            Watcher watcher = new MariaDbWatcher(connection, MariaDbNames.read(connection), live);
            judgements.addAll(WatchedConnection.run(code, connection, watcher, true));
            connection.setAutoCommit(true);
        }
        fill();
        return judgements;
    }

    @Override
    public List<Judgement> judge(Script script) throws SQLException {
        List<Judgement> judgements = new ArrayList<>();
        try (Connection pooled = dataSource.getConnection()) {
            // A pool closes its connections after some errors, and here errors are usual.
            Connection connection = pooled.unwrap(Connection.class);
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                setUp(statement, script.setUp());
            }
            MariaDbNames released = MariaDbNames.read(connection);
            for (ScriptStatement statement : script.statements()) {
                judgements.add(judge(connection, statement, released, live, Send.text(connection, statement)));
            }
        }
        fill();
        return judgements;
    }

    /** Runs a statement; if it takes no algorithm, as {@code plain} does. */
    static Judgement judge(
            Connection connection, ScriptStatement statement, MariaDbNames released, Live live, Send plain)
            throws SQLException {
        Optional<String> reason = beyond(statement);
        if (reason.isPresent()) {
            return Judgement.cannot(statement, reason.get());
        }
        MariaDbNames before = MariaDbNames.read(connection);
        MariaDbRowFit demanded = MariaDbRowFit.read(connection);
        MariaDbTrial.Result result;
        try {
            result = MariaDbTrial.run(connection, statement, plain);
        } catch (SQLException refused) {
            return Judgement.cannot(statement, Failure.sentence(refused));
        }
        MariaDbNames after = MariaDbNames.read(connection);
        List<String> sentences = new ArrayList<>(before.missingIn(after, released));
        if (statement.begins("TRUNCATE")) {
            before.withRows().stream()
                    .filter(released.tables()::contains)
                    .filter(emptied -> !after.withRows().contains(emptied))
                    .forEach(emptied -> sentences.add("all rows of %s are gone".formatted(emptied)));
        }
        Optional<String> table = MariaDbTrial.changedTable(statement);
        Verdict verdict = result.verdict().orElse(byVerb(statement));
        if (table.isPresent() && !released.tables().contains(table.get())) {
            verdict = Verdict.HARMLESS;
        } else if (!sentences.isEmpty()) {
            verdict = Verdict.BREAKS_OLD_CODE;
        }
        if (verdict == Verdict.HARMLESS) {
            return new Judgement(statement, verdict, List.of(), List.of());
        }
        sentences.add(result.sentence());
        List<String> changed = table.stream().toList();
        if (table.isPresent()) {
            demanded.newIn(MariaDbRowFit.read(connection), table.get()).stream()
                    .map(Judgement.ROW_FIT::concat)
                    .forEach(sentences::add);
        }
        if (verdict.isForLong() && live.areSmall(changed)) {
            verdict = Verdict.SHORT_LOCK;
        }
        live.sentences(changed).forEach(sentences::add);
        return new Judgement(statement, verdict, sentences, safeWay(statement, verdict));
    }

    /** Where there is nothing to ask for. */
    private static Verdict byVerb(ScriptStatement statement) {
        boolean creates = statement.begins("CREATE")
                && statement.words().size() > 1
                && HARMLESS_TO_CREATE.contains(statement.words().get(1).text());
        boolean insertsValues = statement.begins("INSERT") && statement.find("SELECT") < 0;
        boolean copiesRows = statement.find("TABLE") > 0 && statement.find("SELECT") > 0;
        if (creates && !copiesRows && !refersToOthers(statement)
                || insertsValues
                || HARMLESS.contains(statement.words().get(0).text())) {
            return Verdict.HARMLESS;
        }
        boolean isShort = statement.begins("DROP")
                || statement.begins("RENAME", "TABLE")
                || statement.begins("CREATE")
                        && (refersToOthers(statement) || statement.find("TRIGGER") > 0)
                        && !copiesRows;
        return isShort ? Verdict.SHORT_LOCK : Verdict.CANNOT_BE_JUDGED;
    }

    private static boolean refersToOthers(ScriptStatement statement) {
        return statement.words().stream().anyMatch(word -> word.is("REFERENCES"));
    }

    private static List<String> safeWay(ScriptStatement statement, Verdict verdict) {
        if (verdict == Verdict.BREAKS_OLD_CODE) {
            return List.of(SafeWay.AFTER_RELEASE, SafeWay.end(statement.text()));
        } else if (refersToOthers(statement) && verdict.needsDecision()) {
            return List.of(
                    "-- without checking the existing rows",
                    "set foreign_key_checks = 0;",
                    SafeWay.end(statement.text() + ", algorithm=nocopy, lock=none"),
                    "set foreign_key_checks = 1;");
        } else if (verdict == Verdict.BLOCKS_WRITES || verdict == Verdict.REWRITES) {
            return List.of(
                    "-- in a copy of the table that is kept in sync and then replaces it (pt-online-schema-change,"
                            + " gh-ost)");
        }
        return List.of();
    }

    /** A row in each table, whatever is in it. */
    private void fill() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            MariaDbTrial.withoutChecks(statement, () -> {
                MariaDbNames names = MariaDbNames.read(connection);
                for (String table : names.baseTables()) {
                    if (!names.withRows().contains(table)) {
                        statement.execute("insert ignore into `%s` () values ()".formatted(table));
                    }
                }
            });
        }
    }
}
