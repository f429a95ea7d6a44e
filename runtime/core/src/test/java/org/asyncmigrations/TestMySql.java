package org.asyncmigrations;

import com.mysql.cj.jdbc.MysqlDataSource;
import javax.sql.DataSource;

/**
 * The MySQL server of {@code -Dmysql.url}, such as {@code jdbc:mysql://127.0.0.1:3306/}, where the user root needs no password.
 * {@code .ci/mysql} starts one. {@link TestDatabase#MARIADB} then uses it, so each test of MariaDB becomes one of MySQL.
 */
public final class TestMySql {
    private static final String URL = System.getProperty("mysql.url", "");

    private TestMySql() {}

    /** {@return whether the URL is set} */
    public static boolean isGiven() {
        return !URL.isEmpty();
    }

    /** {@return the URL of one of its databases} */
    static String url(String database) {
        return URL + (URL.endsWith("/") ? "" : "/") + database;
    }

    /** {@return whether a URL is MySQL's} */
    public static boolean isMySql(String url) {
        return url.startsWith("jdbc:mysql:");
    }

    /** {@return a data source without a pool} */
    public static DataSource plain(String url, String user, String password) {
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
