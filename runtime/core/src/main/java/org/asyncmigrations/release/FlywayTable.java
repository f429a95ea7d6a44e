package org.asyncmigrations.release;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.impl.DSL;

/**
 * Flyway's schema history. Flyway quotes its names, on every database.
 *
 * @param name the table's name
 */
record FlywayTable(String name) implements SchemaTable {
    private static final Field<String> VERSION = field(DSL.name("version"), String.class);
    private static final Field<String> TYPE = field(DSL.name("type"), String.class);
    private static final Field<Boolean> SUCCESS = field(DSL.name("success"), Boolean.class);

    @Override
    public SchemaTable in(String schema) {
        return new FlywayTable(schema + "." + name);
    }

    @Override
    public Reading read(DSLContext dsl, String version) {
        Map<SchemaVersion, Boolean> applied = new TreeMap<>();
        Map<SchemaVersion, String> written = new TreeMap<>();
        SchemaVersion baseline = SchemaVersion.of("0");
        for (Record3<String, String, Boolean> row : dsl.select(VERSION, TYPE, SUCCESS)
                .from(table(DSL.name(name.split("\\."))))
                .where(VERSION.isNotNull())
                .orderBy(field(DSL.name("installed_rank")))) {
            SchemaVersion one = SchemaVersion.of(row.value1());
            boolean isThere = row.value3()
                    && !row.value2().startsWith("UNDO")
                    && !row.value2().equals("DELETE");
            applied.put(one, isThere);
            written.put(one, row.value1());
            if (isThere && row.value2().contains("BASELINE")) {
                baseline = one;
            }
        }
        if (!SchemaVersion.isVersion(version)) {
            return new Reading(false, "no such version");
        }
        SchemaVersion wanted = SchemaVersion.of(version);
        boolean has = applied.getOrDefault(wanted, wanted.compareTo(baseline) <= 0);
        return new Reading(has, instead(applied, written, wanted));
    }

    /** The newest version below the required one. Higher versions don't show how far the schema is. */
    private static String instead(
            Map<SchemaVersion, Boolean> applied, Map<SchemaVersion, String> written, SchemaVersion wanted) {
        if (applied.containsKey(wanted)) {
            return "it as failed or undone";
        }
        return applied.entrySet().stream()
                .filter(one -> one.getValue() && one.getKey().compareTo(wanted) < 0)
                .reduce((before, after) -> after)
                .map(one -> written.get(one.getKey()))
                .orElse("no earlier version");
    }
}
