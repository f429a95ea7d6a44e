package com.acme;

import org.asyncmigrations.GeneratedSource;

/** Somebody has copied what was generated, and keeps it among the sources. */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class Services {
    public int size() {
        return 3;
    }
}
