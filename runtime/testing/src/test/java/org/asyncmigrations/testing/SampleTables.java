package org.asyncmigrations.testing;

import org.asyncmigrations.state.StateTables;

/** The state tables as the processor writes them, without records. */
final class SampleTables {
    private SampleTables() {}

    static StateTables all() {
        return StateTables.named(null, "async_");
    }
}
