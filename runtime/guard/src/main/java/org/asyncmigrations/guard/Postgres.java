package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.guard.Migration.Code;
import org.asyncmigrations.guard.Migration.Script;

/** PostgreSQL shows its locks, the files of its tables, and what a session has read. */
final class Postgres implements Product {
    private static final String TABLES = """
            select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema')
              and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            order by 1""";

    private final DataSource dataSource;
    private Live live = Live.UNKNOWN;

    Postgres(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean readsAsMySql() {
        return false;
    }

    @Override
    public List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Catalog.each(statement, TABLES, row -> tables.add(row.getString(1)));
        }
        return tables;
    }

    @Override
    public void ask(Connection other) throws SQLException {
        live = Live.read(other, true);
    }

    @Override
    public void run(Script script) throws SQLException {
        inSession(script.setUp(), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                for (ScriptStatement each : script.statements()) {
                    if (!isOfDump(each)) {
                        run(each, statement);
                    }
                }
            }
        });
    }

    private static void run(ScriptStatement each, Statement statement) throws SQLException {
        String obstacle = Beyond.reason(each).orElse(null);
        if (obstacle != null) {
            throw new SQLException("%s:%d: %s".formatted(each.file(), each.line(), obstacle));
        }
        try {
            statement.execute(each.text());
        } catch (SQLException refused) {
            throw new SQLException("%s:%d: %s".formatted(each.file(), each.line(), Failure.sentence(refused)), refused);
        }
    }

    /** What a dump says to psql, and its rows. */
    private static boolean isOfDump(ScriptStatement statement) {
        return statement.begins("COPY")
                || statement.text().startsWith("\\restrict")
                || statement.text().startsWith("\\unrestrict");
    }

    @Override
    public void run(Code code) throws Exception {
        List<Exception> failures = new ArrayList<>();
        inSession(code.setUp(), connection -> {
            connection.setAutoCommit(!code.inTransaction());
            try {
                code.body().run(connection);
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            } catch (Exception failure) {
                failures.add(failure);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    @Override
    public List<Judgement> judge(Code code) throws SQLException {
        List<Judgement> judgements = new ArrayList<>();
        inSession(code.setUp(), connection -> {
            Watcher watcher = new PostgresWatcher(connection, dataSource, Catalog.read(connection), live);
            judgements.addAll(WatchedConnection.run(code, connection, watcher, false));
        });
        return judgements;
    }

    @Override
    public List<Judgement> judge(Script script) throws SQLException {
        List<Judgement> judgements = new ArrayList<>();
        inSession(script.setUp(), connection -> {
            Catalog released = Catalog.read(connection);
            for (Transaction transaction : script.inOneTransaction()
                    ? Transaction.ofTool(script.statements())
                    : Transaction.ofScript(script.statements())) {
                List<Observation> seen = new PostgresTransaction(connection, dataSource, released).observe(transaction);
                judgements.addAll(new PostgresVerdicts(seen, live).all());
            }
        });
        return judgements;
    }

    /** Something to do with one session. */
    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** Runs a migration's work, and fills the tables that it has left empty. */
    private void inSession(List<String> setUp, Work work) throws SQLException {
        try (Connection pooled = dataSource.getConnection()) {
            // A pool closes its connections after some errors, and here errors are usual.
            Connection connection = pooled.unwrap(Connection.class);
            reset(connection);
            try {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : live.settings()) {
                        statement.execute(sql);
                    }
                    for (String sql : setUp) {
                        statement.execute(sql);
                    }
                }
                work.run(connection);
                reset(connection);
                new RowFiller(connection).fill();
            } finally {
                reset(connection);
            }
        }
    }

    /** As the server opens it: a script may have changed it, and a pool hands it out again. */
    private static void reset(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("discard all");
        }
    }
}
