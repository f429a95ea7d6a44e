package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * A customer with tables of its own.
 *
 * @param name its name for people
 * @param url where its tables are: a schema in a database of many tenants, or a database or server of its own
 */
record Tenant(String name, String url) {
    /** One for the worker, and one for everything besides its work: heartbeat, renewal of claims, status. */
    static final int CONNECTIONS = 2;

    /** {@return a pool for the time in which the tenant is worked on; throws if it can't be reached} */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }
}
