package org.asyncmigrations.example.threereleases.driver;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** PostgreSQL. */
record PostgresServer(EmbeddedPostgres server) implements DatabaseServer {
    static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String numbers(int upTo) {
        return "generate_series(1, " + upTo + ") n";
    }

    @Override
    public String analyze() {
        return "vacuum analyze customers, orders";
    }

    @Override
    public String holdsTriggers() {
        return "lock table pg_trigger in share mode";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
