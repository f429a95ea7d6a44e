package org.asyncmigrations.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.asyncmigrations.testing.Point.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection, which reports each statement and commit. A proxy, since fifty methods of four interfaces send statements.
 * Used by one thread, except {@link #end()} and {@link #abort()}.
 */
final class NodeConnection implements InvocationHandler {
    private final NodeSource node;
    private final Connection raw;
    private final boolean ofTheMigrations;
    private final Thread thread = Thread.currentThread();
    private final Connection proxy;
    private volatile boolean closed;

    /**
     * @param ofTheMigrations whether the migration itself has opened it
     */
    NodeConnection(NodeSource node, Connection raw, boolean ofTheMigrations) {
        this.node = node;
        this.raw = raw;
        this.ofTheMigrations = ofTheMigrations;
        this.proxy = (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    Connection proxy() {
        return proxy;
    }

    boolean isOfThisThread() {
        return thread == Thread.currentThread();
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "equals":
                return arguments != null && self == arguments[0];
            case "hashCode":
                return System.identityHashCode(self);
            case "close":
                close();
                return null;
            case "isClosed":
                return closed || raw.isClosed();
            case "abort":
                closed = true;
                raw.abort(Runnable::run);
                node.release(this, raw);
                return null;
            case "commit":
                return told(Kind.COMMIT, "", raw, method, arguments);
            default:
                requireOpen();
                Object result = call(raw, method, arguments);
                return result instanceof Statement statement ? watched(statement, arguments) : result;
        }
    }

    private void requireOpen() throws SQLException {
        node.requireAlive();
        if (closed) {
            throw new SQLException("the connection is closed", "08003");
        }
    }

    private void close() throws SQLException {
        if (!closed) {
            closed = true;
            node.release(this, raw);
        }
    }

    /** Rolls back what is open, as the server does when its client is gone. */
    void end() {
        try {
            close();
        } catch (SQLException failure) {
            abort();
        }
    }

    void abort() {
        try {
            raw.abort(Runnable::run);
        } catch (SQLException failure) {
            // It is no longer usable, and the pool finds it closed.
            closed = true;
        }
    }

    private Object watched(Statement statement, @Nullable Object @Nullable [] arguments) {
        String prepared = arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : "";
        Class<?> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, values) -> statement(statement, prepared, self, method, values));
    }

    private @Nullable Object statement(
            Statement statement, String prepared, Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (name.startsWith("execute")) {
            String sql =
                    arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : prepared;
            return told(Kind.STATEMENT, sql, statement, method, arguments);
        }
        return switch (name) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "getConnection" -> proxy;
            default -> call(statement, method, arguments);
        };
    }

    private @Nullable Object told(
            Kind kind, String sql, Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        requireOpen();
        boolean commits = !ofTheMigrations && (kind == Kind.COMMIT || raw.getAutoCommit());
        Point point = new Point(kind, sql, commits);
        node.before(point);
        Object result = call(target, method, arguments);
        node.after(point);
        return result;
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
