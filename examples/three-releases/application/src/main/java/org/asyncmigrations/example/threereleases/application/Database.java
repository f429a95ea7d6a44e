package org.asyncmigrations.example.threereleases.application;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The application's database. Stateless. */
public final class Database {
    private Database() {}

    /**
     * Opens a connection pool, for requests and migrations.
     *
     * @param url the database
     * @return the pool, which the caller closes
     */
    public static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(5);
        return new HikariDataSource(config);
    }
}
