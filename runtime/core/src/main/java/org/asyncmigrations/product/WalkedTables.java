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

/** What a {@link Product} answers about the tables that are walked: their shape, indexes and keys, and how their rows are written back. */
public interface WalkedTables {
    /**
     * What the database says of a table.
     *
     * @param dsl the way to the database
     * @param table the table, as the migration names it
     * @param place where a driver says that its columns come from
     * @return the shape, without columns if the database knows no such table
     */
    TableShape shape(DSLContext dsl, Table<?> table, TableShape.Place place);

    /**
     * The one name of a table, by which two ways to write it are found to be the same.
     *
     * @param dsl the way to the database
     * @param sql the table as SQL names it, with or without a schema and quotes
     * @return its schema and name; of a partition, those of the whole table; null if the database knows none
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
     * Why a table cannot be walked safely.
     *
     * @param dsl the way to the database
     * @param table the table, as the migration names it
     * @param shape its shape
     * @return a sentence that says what to do, null if it can be walked
     */
    default @Nullable String unwalkable(DSLContext dsl, Table<?> table, TableShape shape) {
        return null;
    }

    /**
     * The position of a table's rows in its files, as a column.
     *
     * @param table the table, as the migration names it
     * @return the column, null if the product tells none
     */
    default @Nullable KeyColumn position(Table<?> table) {
        return null;
    }

    /**
     * Why a table's rows cannot be told by their position, of a product that has one.
     *
     * @param dsl the way to the database
     * @param table the table, as the migration names it
     * @return a sentence that says what to do, null if they can
     */
    default @Nullable String unpositioned(DSLContext dsl, Table<?> table) {
        return null;
    }

    /**
     * The positions of a table's rows, of a product that has one.
     *
     * @param dsl the way to the database
     * @param shape the table
     * @return the positions, null if the product tells none
     */
    default @Nullable RowPositions positions(DSLContext dsl, TableShape shape) {
        return null;
    }

    /**
     * How a table without a unique key is made one that can be walked.
     *
     * @param table the table, as the migration names it
     * @return the end of a sentence
     */
    default String wayWithoutKey(Table<?> table) {
        return "let key() name columns with a unique index, or give the table a key that the database numbers (alter table "
                + table + " add column id bigint not null auto_increment primary key)";
    }

    /**
     * Why rows of a table must not be written back by their key alone.
     *
     * @param dsl the way to the database
     * @param shape the table
     * @return a sentence that says what to do, null if its key finds one row
     */
    default @Nullable String unwritable(DSLContext dsl, TableShape shape) {
        return null;
    }

    /**
     * How many rows a table has, as the server estimates it without counting.
     *
     * @param dsl the way to the database
     * @param table the table, as the migration names it
     * @param shape its shape
     * @return the estimate, 0 for unknown
     */
    long estimate(DSLContext dsl, Table<?> table, TableShape shape);

    /**
     * Whether a column was added since the planner's statistics were gathered, so that its guesses about conditions are worth nothing.
     *
     * @param dsl where to ask
     * @param shape the table
     * @return true if the product tells so
     */
    default boolean hasColumnsWithoutStatistics(DSLContext dsl, TableShape shape) {
        return false;
    }

    /**
     * The indexes of a table.
     *
     * @param dsl the way to the database
     * @param shape the table
     * @return all that can be read in an order, and the reasons why others cannot
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
     * How a column's values become text and back.
     *
     * @param column a column
     * @return the form, null for a type whose order or values would get lost
     */
    @Nullable
    KeyText keyText(TableShape.Column column);

    /**
     * Why a column cannot be walked in this session.
     *
     * @param dsl the way to the database
     * @param column a column whose type is walked
     * @return the rest of a sentence about the column, null if it can
     */
    default @Nullable String unorderedHere(DSLContext dsl, TableShape.Column column) {
        return null;
    }

    /** {@return whether text that is no value of a column's type is an error here, and not another value} */
    default boolean refusesForeignText() {
        return true;
    }

    /** {@return what values of a type that jOOQ does not know are read and written as, so that they come back as they were} */
    default DataType<?> unknownType() {
        return SQLDataType.CLOB;
    }

    /** {@return whether {@code (a, b) > (x, y)} is read from an index} */
    default boolean comparesRowValues() {
        return false;
    }

    /**
     * Whether the first column of several needs a bound of its own.
     *
     * @param bothSides whether the range is bounded on both sides
     * @return true if the index is read from its start without
     */
    boolean boundsFirstColumn(boolean bothSides);

    /** {@return whether rows that a common table expression has read are not read again for each of its uses} */
    default boolean materializes() {
        return false;
    }

    /**
     * Locks the rows that are read, and lets others go on referring to them if that is possible.
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
     * @return how many the database says it has changed
     */
    long write(ChangedRows rows);

    /** {@return whether the number of {@link #write} is of the rows that were found, changed or not, and always told} */
    default boolean countsMatchedRows() {
        return true;
    }

    /**
     * What the planner says of a query that is not run.
     *
     * @param dsl the way to the database
     * @param query the query
     * @return the plan
     */
    Explained explain(DSLContext dsl, Select<?> query);

    /**
     * How many rows this transaction has updated and deleted in a table, as the server counts them, triggers and all.
     *
     * @param dsl the transaction
     * @param shape the table
     * @return the number, below 0 if the server does not tell
     */
    default long rowsChanged(DSLContext dsl, TableShape shape) {
        return -1;
    }
}
