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
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.jspecify.annotations.Nullable;

/** A data source that keeps count of all that goes to the server, COMMIT, ROLLBACK and savepoints included, and has a fault at one of them. */
abstract class SentStatements extends StatementCounter {
    private static final Set<String> ON_CONNECTIONS =
            Set.of("commit", "rollback", "setAutoCommit", "setSavepoint", "releaseSavepoint");

    private final TestDatabase kind;
    private final DataSource pool;
    private final Cut cut;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    /** Whether the server has got the statement at which the fault is. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Where the fault is, counted from 1. */
    record Cut(int at, Moment moment) {
        /** No run gets that far: it is only counted. */
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

    /** The fault. {@return what the statement gives, where it still does} */
    abstract @Nullable Object fault(Connection connection, Moment moment, Sending statement) throws Throwable;

    /** Calls on a connection of which the fault has made another one. {@return whether it has} */
    boolean isGone(Connection connection) {
        return false;
    }

    /** A call on a connection that is gone. */
    @Nullable
    Object afterwards(Connection connection, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return call(connection, method, arguments);
    }

    /** Puts right what the fault has left when the run is over. */
    void settle() {
        // Most leave nothing.
    }

    /** {@return what was sent, the statement with the fault included} */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** {@return the statement with the fault, null when none had it} */
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

    /** The driver of PostgreSQL and H2 itself only note a change of auto-commit, which MariaDB is sent. */
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
        Sending sending = () -> call(target, method, arguments);
        return number == cut.at() ? fault(connection, cut.moment(), sending) : sending.send();
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
