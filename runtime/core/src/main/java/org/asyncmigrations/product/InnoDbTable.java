package org.asyncmigrations.product;

import java.util.HashMap;
import java.util.Map;
import org.asyncmigrations.product.TableShape.Collation;
import org.asyncmigrations.product.TableShape.Place;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Facts about a table that the drivers of MariaDB and MySQL don't report. Stateless and thread-safe. */
final class InnoDbTable {
    private static final String COLLATIONS = "select column_name, character_set_name, collation_name"
            + " from information_schema.columns where table_schema = {0} and table_name = {1} and collation_name is not null";

    private static final String WITHOUT_TRANSACTIONS = "select t.engine from information_schema.tables t"
            + " join information_schema.engines e on e.engine = t.engine"
            + " where t.table_schema = {0} and t.table_name = {1} and e.transactions = 'NO'";

    private InnoDbTable() {}

    static Map<String, Collation> collations(DSLContext dsl, Place place) {
        Map<String, Collation> collations = new HashMap<>();
        for (Record row : dsl.fetch(COLLATIONS, DSL.val(place.catalog()), DSL.val(place.table()))) {
            collations.put(row.get(0, String.class), new Collation(row.get(1, String.class), row.get(2, String.class)));
        }
        return collations;
    }

    /** Each table has its own engine. Without transactions, neither a fence nor a rollback works. */
    static @Nullable String unwalkable(DSLContext dsl, Table<?> table, TableShape shape) {
        Object engine = dsl.fetchValue(WITHOUT_TRANSACTIONS, DSL.val(shape.schema()), DSL.val(shape.name()));
        return engine == null
                ? null
                : "the table " + table + " has the engine " + engine
                        + ", which does not support transactions: a batch could not be committed together with its"
                        + " progress, and nothing could be rolled back; change it first (alter"
                        + " table " + dsl.render(table)
                        + " engine = InnoDB)";
    }
}
