package org.asyncmigrations.dispatch;

import org.asyncmigrations.state.StateTables;

/** The state tables as the processor generates them, without records: just what a registry needs. */
public final class TestTables {
    private TestTables() {}

    /** {@return tables with the default prefix} */
    public static StateTables all() {
        return all("async_");
    }

    /** {@return tables with a prefix} */
    public static StateTables all(String prefix) {
        return StateTables.named(null, prefix);
    }

    /** {@return tables with a schema and a prefix} */
    public static StateTables all(String schema, String prefix) {
        return StateTables.named(schema, prefix);
    }
}
