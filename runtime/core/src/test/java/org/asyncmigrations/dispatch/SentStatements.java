package org.asyncmigrations.dispatch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A data source that counts everything that goes to the server, including COMMIT, ROLLBACK and savepoints, and has a fault at one
 * of these statements.
 */
abstract class SentStatements extends StatementCounter {
    private static final Set<String> ON_CONNECTIONS =
            Set.of("commit", "rollback", "setAutoCommit", "setSavepoint", "releaseSavepoint");

    private final TestDatabase kind;
    private final DataSource pool;
    private final Cut cut;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final Set<Integer> kept = ConcurrentHashMap.newKeySet();

    /** Whether the server has received the statement with the fault. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** The position of the fault, counted from 1. */
    record Cut(int at, Moment moment) {
        /** No run gets that far, so the statements are only counted. */
        static final Cut NEVER = new Cut(Integer.MAX_VALUE, Moment.BEFORE);
    }

    /** A statement on its way to the server. */
    interface Sending {
        @Nullable
        Object send() throws Throwable;
    }

    SentStatements(TestDatabase kind, DataSource pool, Cut cut) {
        super(pool);
        this.kind = kind;
        this.pool = pool;
        this.cut = cut;
    }

    /** The fault. {@return the statement's result, if it has one} */
    abstract @Nullable Object fault(Connection connection, Moment moment, Sending statement) throws Throwable;

    /** {@return whether the fault is at this statement} */
    boolean isHit(int number, String sql) {
        return number == cut.at();
    }

    /** {@return whether the fault has replaced this connection} */
    boolean isGone(Connection connection) {
        return false;
    }

    /** A call on a connection that is gone. */
    @Nullable
    Object afterwards(Connection connection, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return call(connection, method, arguments);
    }

    /** Cleans up after the run what the fault has left. */
    void settle() {
        // Most leave nothing.
    }

    /** {@return the statements sent, including the one with the fault} */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** {@return the numbers of the statements whose effect the server keeps when it loses the client} */
    Set<Integer> kept() {
        return Set.copyOf(kept);
    }

    /** {@return the statement with the fault, null if there was none} */
    @Nullable
    String what() {
        return cut.at() <= sent.size() ? sent.get(cut.at() - 1) : null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = pool.getConnection();
        return (Connection) proxy(Connection.class, (proxy, method, arguments) -> {
            if (isGone(real)) {
                return afterwards(real, method, arguments);
            }
            if (isSent(method)) {
                return sent(real, real, method, arguments, method.getName());
            }
            Object result = call(real, method, arguments);
            if (result instanceof Statement statement) {
                String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : "";
                return wrapped(real, statement, sql);
            }
            return result;
        });
    }

    /** The drivers of PostgreSQL and H2 only remember a change of auto-commit. MariaDB's driver sends it. */
    private boolean isSent(Method method) {
        return ON_CONNECTIONS.contains(method.getName())
                && (kind == TestDatabase.MARIADB || !method.getName().equals("setAutoCommit"));
    }

    private Object wrapped(Connection connection, Statement real, String prepared) {
        Class<?> type = real instanceof CallableStatement
                ? CallableStatement.class
                : real instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(real, method, arguments);
            }
            String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : prepared;
            return sent(connection, real, method, arguments, sql);
        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(SentStatements.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private @Nullable Object sent(
            Connection connection, Object target, Method method, @Nullable Object @Nullable [] arguments, String sql)
            throws Throwable {
        int number;
        synchronized (sent) {
            sent.add(sql);
            number = sent.size();
        }
        if (isKept(connection, method)) {
            kept.add(number);
        }
        Sending sending = () -> call(target, method, arguments);
        return isHit(number, sql) ? fault(connection, cut.moment(), sending) : sending.send();
    }

    private static boolean isKept(Connection connection, Method method) {
        try {
            return connection.getAutoCommit()
                    || Set.of("commit", "setAutoCommit").contains(method.getName());
        } catch (SQLException closed) {
            return true;
        }
    }

    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
