package org.asyncmigrations;

import com.mysql.cj.jdbc.MysqlDataSource;
import javax.sql.DataSource;

/**
 * The MySQL that {@code -Dmysql.url} names, such as {@code jdbc:mysql://127.0.0.1:3306/}, whose user root needs no password.
 * {@code .ci/mysql} starts one. {@link TestDatabase#MARIADB} is then on it, so that each test of MariaDB is one of MySQL.
 */
public final class TestMySql {
    private static final String URL = System.getProperty("mysql.url", "");

    private TestMySql() {}

    /** {@return whether there is one} */
    public static boolean isGiven() {
        return !URL.isEmpty();
    }

    /** {@return where a database of it is} */
    static String url(String database) {
        return URL + (URL.endsWith("/") ? "" : "/") + database;
    }

    /** {@return whether a connection there is to MySQL} */
    public static boolean isMySql(String url) {
        return url.startsWith("jdbc:mysql:");
    }

    /** {@return connections without a pool} */
    public static DataSource plain(String url, String user, String password) {
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
