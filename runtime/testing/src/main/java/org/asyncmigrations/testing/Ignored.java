package org.asyncmigrations.testing;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What isn't compared: tables by their name, columns as {@code table.column}. Immutable.
 *
 * @param names the names, in lower case
 */
record Ignored(Set<String> names) {
    /** The tables of the tools that maintain schemas. */
    private static final Set<String> TOOLS =
            Set.of("flyway_schema_history", "databasechangelog", "databasechangeloglock", "spatial_ref_sys");

    Ignored {
        names = Set.copyOf(names);
    }

    static Ignored none() {
        return new Ignored(TOOLS);
    }

    Ignored and(String... more) {
        Set<String> all = new HashSet<>(names);
        for (String name : more) {
            all.add(name.toLowerCase(Locale.ROOT));
        }
        return new Ignored(all);
    }

    boolean isColumn(UserTable table, UserTable.Column column) {
        return names.contains((table.name() + "." + column.name()).toLowerCase(Locale.ROOT));
    }
}
