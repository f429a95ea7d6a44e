package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** An embedded PostgreSQL with room for tenants. */
final class Server implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final HikariDataSource pool;
    private final DSLContext dsl;

    Server() throws IOException {
        postgres = EmbeddedPostgres.start();
        pool = new Tenant("directory", url("postgres")).pool();
        dsl = DSL.using(pool, SQLDialect.POSTGRES);
    }

    Directory directory() {
        return new Directory(pool);
    }

    /** {@return a tenant with an empty schema in a database of many tenants} */
    Tenant schema(String name) {
        dsl.execute("create schema " + name);
        return new Tenant(name, url("postgres") + "&currentSchema=" + name);
    }

    /** {@return a tenant with an empty database of its own} */
    Tenant database(String name) {
        dsl.execute("create database " + name);
        return new Tenant(name, url(name));
    }

    /** {@return how many connections there are now, including this one and the directory's} */
    int connections() {
        return dsl.fetchSingle("select count(*) from pg_stat_activity where backend_type = 'client backend'")
                .get(0, Integer.class);
    }

    private String url(String database) {
        return postgres.getJdbcUrl("postgres", database);
    }

    @Override
    public void close() throws IOException {
        pool.close();
        postgres.close();
    }
}
