package org.asyncmigrations.example.rolling.application;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The application's database. Without state. */
public final class Database {
    private Database() {}

    /**
     * A pool of connections, for requests and migrations alike.
     *
     * @param url where the database is
     * @return the pool, to be closed
     */
    public static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(5);
        return new HikariDataSource(config);
    }
}
