package org.asyncmigrations.dispatch;

import org.asyncmigrations.state.StateTables;

/** The state tables as the processor writes them, without records: what a registry needs and no more. */
public final class TestTables {
    private TestTables() {}

    /** {@return tables of the default prefix} */
    public static StateTables all() {
        return all("async_");
    }

    /** {@return tables of a prefix} */
    public static StateTables all(String prefix) {
        return StateTables.named(null, prefix);
    }

    /** {@return tables of a schema and a prefix} */
    public static StateTables all(String schema, String prefix) {
        return StateTables.named(schema, prefix);
    }
}
