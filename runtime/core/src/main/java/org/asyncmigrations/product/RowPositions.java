package org.asyncmigrations.product;

import java.util.HashMap;
import java.util.Map;
import org.asyncmigrations.product.TableShape.Column;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The physical positions of a table's rows: PostgreSQL's {@code ctid}, a page and an item on it, written as {@code (page,item)}.
 * Item 0 is never a row, and comes before all rows of its page.
 *
 * @param name the table's name, as the server reads it
 * @param rowsPerPage the planner's number of rows per page
 */
public record RowPositions(String name, double rowsPerPage) {
    static final String CTID = "ctid";

    private static final Column COLUMN = new Column("tid", false, 0, 0, null);

    /** For a table that was never analyzed. A page of 8 kB has between 4 rows with many columns and 200 rows with few. */
    private static final double USUAL = 32;

    /** Pages differ in their number of rows. With this margin, a first window is rarely too small. */
    private static final double MARGIN = 1.5;

    private static final String ROWS_PER_PAGE = """
            select case when relpages > 0 and reltuples > 0 then reltuples / relpages else 0 end
            from pg_catalog.pg_class where oid = to_regclass({0})""";

    private static final String PAGES =
            "select pg_relation_size(to_regclass({0})) / current_setting('block_size')::bigint";

    private static final String KIND = """
            select c.relkind, a.amname, exists (select 1 from pg_catalog.pg_inherits where inhparent = c.oid) as has_heirs
            from pg_catalog.pg_class c left join pg_catalog.pg_am a on a.oid = c.relam where c.oid = to_regclass({0})""";

    static RowPositions read(DSLContext dsl, TableShape shape) {
        Object rows = dsl.fetchValue(ROWS_PER_PAGE, DSL.val(shape.name()));
        double known = rows instanceof Number number ? number.doubleValue() : 0;
        return new RowPositions(shape.name(), known >= 1 ? known : USUAL);
    }

    /**
     * Adds the rows' position to a table as another column.
     *
     * @param shape the table in the database
     * @return the table as it is walked
     */
    public static TableShape within(TableShape shape) {
        Map<String, Column> columns = new HashMap<>(shape.columns());
        columns.put(CTID, COLUMN);
        return new TableShape(shape.schema(), shape.name(), columns, shape.unique(), shape.primaryKey());
    }

    /** {@return the position of a table's rows as a column} */
    static KeyColumn column(Table<?> table) {
        KeyText form = new KeyText("cast({0} as text)", "cast({0} as tid)", false);
        return new KeyColumn(DSL.field("{0}." + CTID, Object.class, table), CTID, form);
    }

    /** Why a table's rows can't be identified by their position. {@return a sentence that says what to do, null if they can} */
    static @Nullable String unpositioned(DSLContext dsl, Table<?> table) {
        Record kind = dsl.fetchOne(KIND, DSL.val(dsl.render(table)));
        if (kind == null) {
            return null; // The statement that reads the table reports this.
        }
        String start = "the table " + table + " cannot be walked by position: ";
        String method = kind.get("amname", String.class);
        if (kind.get("relkind", String.class).equals("p")) {
            return start
                    + "it is partitioned, and each of its partitions has its own positions; walk each partition with"
                    + " its own migration, or walk the table by columns with a unique index";
        }
        if (kind.get("has_heirs", Boolean.class)) {
            return start
                    + "other tables inherit from it, and each of them has its own positions; walk each of them with its"
                    + " own migration, or walk the table by columns with a unique index";
        }
        if (!kind.get("relkind", String.class).equals("r")) {
            return start + "it is a view or a foreign table, and has no files of its own; walk the table that it shows";
        }
        return "heap".equals(method)
                ? null
                : start + "its rows are stored by " + method
                        + ", not by PostgreSQL's own heap; walk it by columns with a unique index";
    }

    /**
     * How many pages contain a number of rows, with a margin.
     *
     * @param rows the number of rows
     * @return pages, at least two, since a walk begins in the middle of the first
     */
    public long pagesOf(long rows) {
        return 1 + Math.max(1, (long) Math.ceil(rows * MARGIN / rowsPerPage));
    }

    /**
     * How many pages the table has now.
     *
     * @param dsl access to the database
     * @return the pages of its files
     */
    public long pages(DSLContext dsl) {
        return dsl.fetchValue(PAGES, DSL.val(name)) instanceof Long pages ? pages : 0;
    }

    /**
     * The start of a page.
     *
     * @param page its number
     * @return a position before all rows of the page
     */
    public static String beginning(long page) {
        return "(" + page + ",0)";
    }

    /**
     * The page of a position.
     *
     * @param position its text
     * @return the page's number
     */
    public static long page(String position) {
        return Long.parseLong(position.substring(1, position.indexOf(',')));
    }

    /**
     * Whether a position is the start of a page, where no row is.
     *
     * @param position its text
     * @return true if it isn't a row's position
     */
    public static boolean isBeginning(String position) {
        return position.endsWith(",0)");
    }

    /**
     * Combines positions that a query returns into one text.
     *
     * @param positions the column with the positions
     * @return an aggregate over the query's rows
     */
    public static Field<String> listed(Field<?> positions) {
        return DSL.field("cast(array_agg({0}) as text)", String.class, positions);
    }

    /**
     * The rows that were at given positions, wherever this transaction has moved them since.
     *
     * @param table the table
     * @param listed the positions, as read with {@link #listed}
     * @param upTo the last position that counts, null for all
     * @return a condition on the table
     */
    public Condition followed(Table<?> table, String listed, @Nullable String upTo) {
        Condition counts =
                upTo == null ? DSL.trueCondition() : DSL.condition("async_was <= cast({0} as tid)", DSL.val(upTo));
        // A join might read the whole table. PostgreSQL keeps the function currtid2 for its ODBC driver.
        return DSL.condition(
                "{0}.ctid = any (array (select currtid2({1}, async_was) from unnest(cast({2} as tid[])) as"
                        + " async_positions(async_was) where {3}))",
                table, DSL.val(name), DSL.val(listed, SQLDataType.CLOB), counts);
    }
}
