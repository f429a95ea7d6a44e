package org.asyncmigrations.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A JDBC statement that tells the watcher what it sends. */
final class WatchedStatement implements InvocationHandler {
    private final Connection connection;
    private final Statement real;
    private final String prepared;
    private final Watcher watcher;
    private final SentText texts;
    private final StringBuilder batch = new StringBuilder();

    private WatchedStatement(Connection connection, Statement real, String prepared, Watcher watcher, SentText texts) {
        this.connection = connection;
        this.real = real;
        this.prepared = prepared;
        this.watcher = watcher;
        this.texts = texts;
    }

    /**
     * Watches a statement.
     *
     * @param prepared its SQL; empty if it gets that later
     */
    static Statement of(Connection connection, Statement real, String prepared, Watcher watcher, SentText texts) {
        Class<?> type = real instanceof CallableStatement
                ? CallableStatement.class
                : real instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return (Statement) Proxy.newProxyInstance(
                WatchedStatement.class.getClassLoader(),
                new Class<?>[] {type},
                new WatchedStatement(connection, real, prepared, watcher, texts));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        boolean hasText = args != null && args.length > 0 && args[0] instanceof String;
        String name = method.getName();
        if (name.equals("getConnection")) {
            return connection;
        } else if (name.equals("addBatch") && hasText) {
            batch.append(args[0]).append(";\n");
        } else if (name.equals("clearBatch")) {
            batch.setLength(0);
        } else if (name.startsWith("execute")) {
            String sql = hasText ? (String) args[0] : prepared.isEmpty() ? batch.toString() : prepared;
            batch.setLength(0);
            Optional<ScriptStatement> statement = texts.read(sql);
            if (statement.isPresent()) {
                Call call = new Call(method, args);
                watcher.sent(statement.get(), call);
                return call.result;
            }
        }
        return WatchedConnection.pass(real, method, args);
    }

    /** Keeps what the last call gave. */
    private final class Call implements Send {
        private final Method method;
        private final Object[] args;
        private Object result;

        Call(Method method, Object[] args) {
            this.method = method;
            this.args = args;
            this.result = nothing(method.getReturnType());
        }

        @Override
        public void run() throws SQLException {
            try {
                result = WatchedConnection.pass(real, method, args);
            } catch (SQLException | RuntimeException | Error refused) {
                throw refused;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** What the code gets where the guard runs the statement itself, or does not run it. */
        private static Object nothing(Class<?> type) {
            if (type == boolean.class) {
                return false;
            } else if (type == int.class) {
                return 0;
            } else if (type == long.class) {
                return 0L;
            } else if (type == int[].class) {
                return new int[0];
            }
            return type == long[].class ? new long[0] : null;
        }
    }
}
