package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * A customer with tables of its own.
 *
 * @param name what people call it
 * @param url where its tables are: a schema of a database that many have, or a database or server of its own
 */
record Tenant(String name, String url) {
    /** One for the worker, one for what is done beside it: heartbeat, renewal of claims, status. */
    static final int CONNECTIONS = 2;

    /** {@return a pool for the time in which it is worked on; throws when it cannot be reached} */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }
}
