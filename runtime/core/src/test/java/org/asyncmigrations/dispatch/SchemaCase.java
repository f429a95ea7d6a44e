package org.asyncmigrations.dispatch;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Phase;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Changes of a small table, each with an independent look at whether it is there. */
enum SchemaCase {
    INDEX,
    UNIQUE_INDEX,
    DESCENDING_INDEX,
    PARTIAL_INDEX,
    EXPRESSION_INDEX,
    DROP_INDEX,
    FOREIGN_KEY,
    CHECK,
    NOT_NULL,
    ADD_COLUMN,
    DROP_COLUMN;

    static final Table<Record> ORDERS = table(DSL.name("orders"));
    static final Table<Record> CUSTOMERS = table(DSL.name("customers"));
    static final Field<Long> ID = field(DSL.name("orders", "id"), BIGINT);
    static final Field<Long> CUSTOMER_ID = field(DSL.name("orders", "customer_id"), BIGINT);
    static final Field<String> NOTE = field(DSL.name("orders", "note"), VARCHAR(20));
    static final Field<Integer> AMOUNT = field(DSL.name("orders", "amount"), INTEGER);
    static final Field<Long> CUSTOMER = field(DSL.name("customers", "id"), BIGINT);
    static final Field<Integer> RANK =
            field(DSL.name("rank"), INTEGER.nullable(false).defaultValue(7));

    private static final int ROWS = 20;

    /** {@return the cases that a product can do without blocking} */
    static Stream<SchemaCase> of(TestDatabase kind) {
        return Stream.of(values())
                .filter(one -> kind == TestDatabase.POSTGRES || one != PARTIAL_INDEX && one != EXPRESSION_INDEX)
                .filter(one -> kind.dialect() != org.jooq.SQLDialect.MYSQL || one != CHECK);
    }

    SchemaChange change() {
        return switch (this) {
            case INDEX -> SchemaChange.createIndex("orders_index").on(ORDERS, CUSTOMER_ID, NOTE);
            case UNIQUE_INDEX -> SchemaChange.createUniqueIndex("orders_index").on(ORDERS, CUSTOMER_ID);
            case DESCENDING_INDEX -> SchemaChange.createIndex("orders_index").on(ORDERS, NOTE.desc(), ID);
            case PARTIAL_INDEX ->
                SchemaChange.createIndex("orders_index")
                        .on(ORDERS, CUSTOMER_ID)
                        .where(NOTE.like("50%").and(AMOUNT.gt(3)));
            case EXPRESSION_INDEX ->
                SchemaChange.createIndex("orders_index")
                        .on(ORDERS, lower(NOTE), AMOUNT.plus(1).desc());
            case DROP_INDEX -> SchemaChange.dropIndex("orders_old").on(ORDERS);
            case FOREIGN_KEY ->
                SchemaChange.addForeignKey("orders_key").on(ORDERS, CUSTOMER_ID).references(CUSTOMERS, CUSTOMER);
            case CHECK ->
                SchemaChange.addCheck("orders_check").on(ORDERS, AMOUNT.ge(0).or(NOTE.eq("it's {free}?")));
            case NOT_NULL -> SchemaChange.setNotNull(ORDERS, AMOUNT);
            case ADD_COLUMN -> SchemaChange.addColumn(ORDERS, RANK);
            case DROP_COLUMN -> SchemaChange.dropColumn(ORDERS, "legacy");
        };
    }

    TestCatalog catalog() {
        Phase phase = change().takesAway() ? Phase.AFTER_RELEASE : Phase.ASYNC;
        SchemaMigration migration = this::change;
        return new TestCatalog().with(MigrationEntry.schema(1, "test.M1", phase, "f1"), () -> migration);
    }

    /** Makes the tables anew. */
    static void prepare(DSLContext dsl) {
        dsl.dropTableIfExists(ORDERS).execute();
        dsl.dropTableIfExists(CUSTOMERS).execute();
        dsl.createTable(CUSTOMERS)
                .column("id", BIGINT.nullable(false))
                .column("other", BIGINT.nullable(false))
                .constraints(DSL.primaryKey("id"), DSL.unique("other"))
                .execute();
        dsl.createTable(ORDERS)
                .column("id", BIGINT.nullable(false))
                .column("customer_id", BIGINT)
                .column("note", VARCHAR(20))
                .column("amount", INTEGER)
                .column("legacy", INTEGER)
                .constraint(DSL.primaryKey("id"))
                .execute();
        dsl.createIndex(DSL.name("orders_old"))
                .on(ORDERS, field(DSL.name("legacy")))
                .execute();
        for (long id = 1; id <= ROWS; id++) {
            dsl.insertInto(CUSTOMERS).values(id, id).execute();
            dsl.insertInto(ORDERS).values(id, id, "Note " + id, id, 1).execute();
        }
    }

    /** Makes something else of the same name. {@return whether there is such a thing} */
    boolean makeOther(DSLContext dsl) {
        switch (this) {
            case INDEX, DESCENDING_INDEX, PARTIAL_INDEX, EXPRESSION_INDEX ->
                dsl.createIndex(DSL.name("orders_index")).on(ORDERS, NOTE).execute();
            case UNIQUE_INDEX ->
                dsl.createIndex(DSL.name("orders_index"))
                        .on(ORDERS, CUSTOMER_ID)
                        .execute();
            case FOREIGN_KEY ->
                dsl.alterTable(ORDERS)
                        .add(DSL.constraint("orders_key")
                                .foreignKey("customer_id")
                                .references("customers", "other"))
                        .execute();
            case CHECK ->
                dsl.alterTable(ORDERS)
                        .add(DSL.constraint("orders_check")
                                .check(field(DSL.name("amount"), INTEGER).ge(-5)))
                        .execute();
            case ADD_COLUMN ->
                dsl.alterTable(ORDERS).addColumn(RANK, INTEGER.defaultValue(8)).execute();
            case DROP_INDEX, NOT_NULL, DROP_COLUMN -> {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the change is there, whole, and nothing is left that helped with it} */
    boolean isThere(TestDatabase kind, DSLContext dsl) {
        return (kind != TestDatabase.POSTGRES || leftovers(dsl) == 0)
                && switch (this) {
                    case INDEX -> index(dsl, "orders_index").equals(List.of("customer_id A false", "note A false"));
                    case UNIQUE_INDEX -> index(dsl, "orders_index").equals(List.of("customer_id A true"));
                    case DESCENDING_INDEX -> index(dsl, "orders_index").equals(List.of("note D false", "id A false"));
                    case PARTIAL_INDEX -> definition(dsl).contains("(customer_id) WHERE");
                    case EXPRESSION_INDEX -> definition(dsl).contains("(lower((note)::text), ((amount + 1)) DESC)");
                    case DROP_INDEX -> index(dsl, "orders_old").isEmpty();
                    case FOREIGN_KEY -> isRefused(dsl, 99, 99L, 1, "") && !isRefused(dsl, 98, 1L, 1, "");
                    case CHECK -> isRefused(dsl, 99, 1L, -1, "") && !isRefused(dsl, 98, 1L, -1, "it's {free}?");
                    case NOT_NULL -> isRefused(dsl, 99, 1L, null, "") && !isRefused(dsl, 98, 1L, 1, "");
                    case ADD_COLUMN ->
                        columns(dsl).contains("rank")
                                && dsl.fetchCount(
                                                ORDERS,
                                                field(DSL.name("rank"), INTEGER).eq(7))
                                        == ROWS;
                    case DROP_COLUMN -> !columns(dsl).contains("legacy");
                };
    }

    private static boolean isRefused(DSLContext dsl, long id, Long customer, Integer amount, String note) {
        dsl.deleteFrom(ORDERS).where(ID.eq(id)).execute();
        try {
            dsl.insertInto(ORDERS, ID, CUSTOMER_ID, AMOUNT, NOTE)
                    .values(id, customer, amount, note)
                    .execute();
            dsl.deleteFrom(ORDERS).where(ID.eq(id)).execute();
            return false;
        } catch (DataAccessException refused) {
            return true;
        }
    }

    private static String definition(DSLContext dsl) {
        return String.valueOf(dsl.fetchValue("select indexdef from pg_indexes where indexname = 'orders_index'"));
    }

    private static int leftovers(DSLContext dsl) {
        return dsl.fetchSingle("select (select count(*) from pg_constraint where conrelid = 'orders'::regclass"
                        + " and (not convalidated or conname like 'async\\_%'))"
                        + " + (select count(*) from pg_index where not indisvalid)")
                .get(0, Integer.class);
    }

    private static List<String> index(DSLContext dsl, String index) {
        return dsl.connectionResult(connection -> {
            List<String> parts = new ArrayList<>();
            try (ResultSet row = data(connection)
                    .getIndexInfo(connection.getCatalog(), connection.getSchema(), "orders", false, false)) {
                while (row.next()) {
                    if (index.equals(row.getString("INDEX_NAME"))) {
                        parts.add(row.getString("COLUMN_NAME") + " " + row.getString("ASC_OR_DESC") + " "
                                + !row.getBoolean("NON_UNIQUE"));
                    }
                }
            }
            return parts;
        });
    }

    private static DatabaseMetaData data(Connection connection) throws SQLException {
        return connection.getMetaData();
    }

    private static List<String> columns(DSLContext dsl) {
        return dsl.selectFrom(ORDERS)
                .limit(0)
                .fetch()
                .fieldStream()
                .map(Field::getName)
                .toList();
    }
}
