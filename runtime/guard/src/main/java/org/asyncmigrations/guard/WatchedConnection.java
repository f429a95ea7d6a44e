package org.asyncmigrations.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.asyncmigrations.guard.Migration.Code;

/** A connection whose statements go through a watcher. Code can neither close it nor get at the one behind it unseen. */
final class WatchedConnection implements InvocationHandler {
    private final Connection real;
    private final Watcher watcher;
    private final SentText texts;

    private WatchedConnection(Connection real, Watcher watcher, SentText texts) {
        this.real = real;
        this.watcher = watcher;
        this.texts = texts;
    }

    /** Runs code on a connection that is watched, and {@return what was seen}. */
    static List<Judgement> run(Code code, Connection real, Watcher watcher, boolean mySql) throws SQLException {
        SentText texts = new SentText(code, mySql);
        Connection watched = (Connection) Proxy.newProxyInstance(
                WatchedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new WatchedConnection(real, watcher, texts));
        watcher.setAutoCommit(!code.inTransaction());
        try {
            code.body().run(watched);
            watcher.end(true);
        } catch (Exception failure) {
            watcher.end(false);
            texts.cannot("it failed here, so what it does after that was not seen: " + sentence(failure));
        }
        return texts.complete(watcher.judgements());
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.strip().replaceAll("\\s+", " ");
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        boolean hasArguments = args != null && args.length > 0;
        return switch (method.getName()) {
            case "commit" -> end(true);
            case "rollback" -> hasArguments ? pass(real, method, args) : end(false);
            case "getAutoCommit" -> watcher.isAutoCommit();
            case "setAutoCommit" -> {
                watcher.setAutoCommit((boolean) args[0]);
                yield null;
            }
            case "close", "abort" -> null;
            case "unwrap" -> unwrap((Class<?>) args[0], proxy, method);
            case "createStatement" -> statement(proxy, (Statement) pass(real, method, args), "");
            case "prepareStatement", "prepareCall" ->
                statement(proxy, (Statement) pass(real, method, args), (String) args[0]);
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> pass(real, method, args);
        };
    }

    private Object end(boolean isCommitted) throws SQLException {
        watcher.end(isCommitted);
        return null;
    }

    private Object unwrap(Class<?> type, Object proxy, Method method) throws Throwable {
        if (type.isInstance(proxy)) {
            return proxy;
        }
        texts.cannot("it used the driver's own connection; what it did with that was not seen");
        return pass(real, method, new Object[] {type});
    }

    private Statement statement(Object connection, Statement statement, String sql) {
        return WatchedStatement.of((Connection) connection, statement, sql, watcher, texts);
    }

    static Object pass(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
