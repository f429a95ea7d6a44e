package org.asyncmigrations.product;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** A {@link Product}'s answers about walked tables: their shape, indexes and keys, and how to write their rows back. */
public interface WalkedTables {
    /**
     * The shape of a table.
     *
     * @param dsl access to the database
     * @param table the table, as the migration names it
     * @param place the origin of its columns, as a driver reports it
     * @return the shape, without columns if the table doesn't exist
     */
    TableShape shape(DSLContext dsl, Table<?> table, TableShape.Place place);

    /**
     * The canonical name of a table, to recognize the same table in different spellings.
     *
     * @param dsl access to the database
     * @param sql the table as in SQL, with or without a schema and quotes
     * @return its schema and name, for a partition those of the whole table; null if it doesn't exist
     */
    default @Nullable String nameOf(DSLContext dsl, String sql) {
        return dsl.connectionResult(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet none = statement.executeQuery("select * from " + sql + " where 1 = 0")) {
                ResultSetMetaData data = none.getMetaData();
                String schema = data.getSchemaName(1);
                return (schema == null || schema.isEmpty() ? data.getCatalogName(1) : schema) + "."
                        + data.getTableName(1);
            } catch (SQLSyntaxErrorException unknown) {
                return null;
            }
        });
    }

    /**
     * Why a table can't be walked safely.
     *
     * @param dsl access to the database
     * @param table the table, as the migration names it
     * @param shape its shape
     * @return a sentence that says what to do, null if it can be walked
     */
    default @Nullable String unwalkable(DSLContext dsl, Table<?> table, TableShape shape) {
        return null;
    }

    /**
     * The physical position of a table's rows, as a column.
     *
     * @param table the table, as the migration names it
     * @return the column, null if the product has none
     */
    default @Nullable KeyColumn position(Table<?> table) {
        return null;
    }

    /**
     * Why a table's rows can't be identified by their position, on a product that has positions.
     *
     * @param dsl access to the database
     * @param table the table, as the migration names it
     * @return a sentence that says what to do, null if they can
     */
    default @Nullable String unpositioned(DSLContext dsl, Table<?> table) {
        return null;
    }

    /**
     * The positions of a table's rows.
     *
     * @param dsl access to the database
     * @param shape the table
     * @return the positions, null if the product has none
     */
    default @Nullable RowPositions positions(DSLContext dsl, TableShape shape) {
        return null;
    }

    /**
     * How to make a table without a unique key walkable.
     *
     * @param table the table, as the migration names it
     * @return the end of a sentence
     */
    default String wayWithoutKey(Table<?> table) {
        return "let key() name columns with a unique index, or add a key that the database generates (alter table "
                + table + " add column id bigint not null auto_increment primary key)";
    }

    /**
     * Why a table's rows must not be written back by their key alone.
     *
     * @param dsl access to the database
     * @param shape the table
     * @return a sentence that says what to do, null if its key identifies one row
     */
    default @Nullable String unwritable(DSLContext dsl, TableShape shape) {
        return null;
    }

    /**
     * The server's estimate of a table's rows, without counting.
     *
     * @param dsl access to the database
     * @param table the table, as the migration names it
     * @param shape its shape
     * @return the estimate, 0 for unknown
     */
    long estimate(DSLContext dsl, Table<?> table, TableShape shape);

    /**
     * Whether a column was added since the planner's statistics were collected, so that its estimates for conditions are useless.
     *
     * @param dsl access to the database
     * @param shape the table
     * @return true if so; false if the product doesn't tell
     */
    default boolean hasColumnsWithoutStatistics(DSLContext dsl, TableShape shape) {
        return false;
    }

    /**
     * The indexes of a table.
     *
     * @param dsl access to the database
     * @param shape the table
     * @return all indexes, each with the reason if it has no usable order
     */
    List<KeyIndex> indexes(DSLContext dsl, TableShape shape);

    /**
     * The statement that creates an index while the table is in use.
     *
     * @param name the index's name, quoted
     * @param on the table and its columns in parentheses, quoted
     * @return the statement
     */
    default String indexDefinition(String name, String on) {
        return "create index " + name + " on " + on;
    }

    /**
     * How a column's values are converted to text and back.
     *
     * @param column a column
     * @return the form, null for a type that would lose its order or values
     */
    @Nullable
    KeyText keyText(TableShape.Column column);

    /**
     * Why a column can't be walked in this session.
     *
     * @param dsl access to the database
     * @param column a column of a supported type
     * @return the rest of a sentence about the column, null if it can
     */
    default @Nullable String unorderedHere(DSLContext dsl, TableShape.Column column) {
        return null;
    }

    /** {@return whether text that isn't a value of the column's type causes an error, instead of becoming another value} */
    default boolean refusesForeignText() {
        return true;
    }

    /** {@return the type for reading and writing values of types that jOOQ doesn't know, without changing them} */
    default DataType<?> unknownType() {
        return SQLDataType.CLOB;
    }

    /** {@return whether {@code (a, b) > (x, y)} can use an index} */
    default boolean comparesRowValues() {
        return false;
    }

    /**
     * Whether the first of several key columns needs its own bound.
     *
     * @param bothSides whether the range is bounded on both sides
     * @return true if the index would otherwise be read from its start
     */
    boolean boundsFirstColumn(boolean bothSides);

    /** {@return whether a common table expression's rows are read only once, even if it is used several times} */
    default boolean materializes() {
        return false;
    }

    /**
     * Locks the rows that are read. If possible, others may still insert rows that refer to them.
     *
     * @param select a query
     * @param <R> its record
     * @return the query that locks
     */
    default <R extends Record> Select<R> locking(SelectForUpdateStep<R> select) {
        return select.forUpdate();
    }

    /**
     * Writes changed rows back in as few statements as possible.
     *
     * @param rows the rows, with the columns that were changed in all of them
     * @return how many rows were changed, as counted by the database
     */
    long write(ChangedRows rows);

    /** {@return whether the result of {@link #write} is always known, and counts the rows found, changed or not} */
    default boolean countsMatchedRows() {
        return true;
    }

    /**
     * The planner's answer about a query that isn't run.
     *
     * @param dsl access to the database
     * @param query the query
     * @return the plan
     */
    Explained explain(DSLContext dsl, Select<?> query);

    /**
     * How many rows of a table this transaction has updated and deleted, as counted by the server, including triggers.
     *
     * @param dsl the transaction
     * @param shape the table
     * @return the number, negative if the server doesn't tell
     */
    default long rowsChanged(DSLContext dsl, TableShape shape) {
        return -1;
    }
}
