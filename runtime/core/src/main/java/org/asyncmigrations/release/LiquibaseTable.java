package org.asyncmigrations.release;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.unquotedName;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Liquibase's change log table. All rows are change sets that ran or count as such. Liquibase doesn't quote its names, so each
 * database uses its own case.
 *
 * @param name the table's name
 */
record LiquibaseTable(String name) implements SchemaTable {
    private static final Field<String> ID = field(unquotedName("ID"), String.class);

    @Override
    public SchemaTable in(String schema) {
        return new LiquibaseTable(schema + "." + name);
    }

    @Override
    public Reading read(DSLContext dsl, String version) {
        List<String> ids = dsl.select(ID)
                .from(table(unquotedName(name.split("\\."))))
                .orderBy(field(unquotedName("ORDEREXECUTED")))
                .fetch(ID);
        String newest = ids.isEmpty() ? "no change set" : ids.get(ids.size() - 1);
        return new Reading(ids.contains(version), newest);
    }
}
