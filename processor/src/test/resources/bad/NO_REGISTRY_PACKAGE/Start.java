package com.acme;

import javax.sql.DataSource;

/** Uses the registry where it was before there was a second package. */
public final class Start {
    private Start() {}

    static AutoCloseable start(DataSource dataSource) {
        return AsyncMigrationRegistry.builder(dataSource).build();
    }
}
