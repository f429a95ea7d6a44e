package org.asyncmigrations.batch;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.KeyText;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.RowPositions;
import org.asyncmigrations.product.TableShape;
import org.asyncmigrations.product.TableShape.Column;
import org.asyncmigrations.product.TableShape.Place;
import org.asyncmigrations.product.Trouble;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.conf.RenderNameCase;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A key checked against its real table: the columns exist, aren't null, have a type whose values survive as text, and are unique
 * together, or become unique by appending the primary key.
 *
 * @param shape the table
 * @param columns the columns that the table is walked by
 * @param descending whether the walk goes from the highest to the lowest
 * @param positions the rows' positions, if they are walked by position; else null
 * @param unwritable why rows must not be written back by their key, null if they may
 */
record KeyResolution(
        TableShape shape,
        List<KeyColumn> columns,
        boolean descending,
        @Nullable RowPositions positions,
        @Nullable String unwritable) {
    static KeyResolution of(BatchKey key, Product product, DSLContext dsl) {
        return key.order() == BatchKey.Order.POSITION ? ofPosition(key, product, dsl) : ofColumns(key, product, dsl);
    }

    private static KeyResolution ofPosition(BatchKey key, Product product, DSLContext dsl) {
        Table<?> table = key.table();
        KeyColumn position = product.position(table);
        if (position == null) {
            throw new IllegalKeyException("the table " + table + " cannot be walked by position, which "
                    + product.name() + " does not provide; " + product.wayWithoutKey(table));
        }
        String unpositioned = product.unpositioned(dsl, table);
        if (unpositioned != null) {
            throw new IllegalKeyException(unpositioned);
        }
        TableShape shape = shape(key, List.of(position.field()), product, dsl, new LinkedHashMap<>());
        return new KeyResolution(
                RowPositions.within(shape), List.of(position), false, product.positions(dsl, shape), null);
    }

    private static TableShape shape(
            BatchKey key, List<Field<?>> fields, Product product, DSLContext dsl, Map<String, Field<?>> named) {
        TableShape shape = product.shape(dsl, key.table(), name(key, fields, dsl, named));
        if (shape.columns().isEmpty()) {
            throw new IllegalKeyException("the columns of a batch key must belong to one table, but " + key.table()
                    + " is not one that the database knows; name the table itself, without alias or join");
        }
        String unwalkable = product.unwalkable(dsl, key.table(), shape);
        if (unwalkable != null) {
            throw new IllegalKeyException(unwalkable);
        }
        return shape;
    }

    private static KeyResolution ofColumns(BatchKey key, Product product, DSLContext dsl) {
        Map<String, Field<?>> named = new LinkedHashMap<>();
        TableShape shape = shape(key, key.fields(), product, dsl, named);
        List<KeyColumn> columns = new ArrayList<>();
        named.forEach((name, field) -> columns.add(column(product, dsl, key, shape, name, field)));
        if (!shape.isUnique(named.keySet())) {
            if (shape.primaryKey().isEmpty()) {
                throw refused(
                        key,
                        String.join(", ", named.keySet()),
                        "is not unique, and the table has no primary key to append to it; "
                                + product.wayWithoutKey(key.table()));
            }
            for (String name : shape.primaryKey()) {
                if (!named.containsKey(name)) {
                    columns.add(column(product, dsl, key, shape, name, appended(key, name)));
                }
            }
        }
        boolean descending = key.order() == BatchKey.Order.DESCENDING;
        return new KeyResolution(
                shape, List.copyOf(uniqueAlready(shape, columns)), descending, null, product.unwritable(dsl, shape));
    }

    /** Drops the columns after those that are unique together. They order nothing, and an index would have to cover them. */
    private static List<KeyColumn> uniqueAlready(TableShape shape, List<KeyColumn> columns) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add(columns.get(i).name());
            if (shape.isUnique(names)) {
                return columns.subList(0, i + 1);
            }
        }
        return columns;
    }

    /** Asks the database, with a query that returns no rows, how it names the key's columns and their table. */
    private static Place name(BatchKey key, List<Field<?>> fields, DSLContext dsl, Map<String, Field<?>> named) {
        try (ResultSet none =
                dsl.select(fields).from(key.table()).where(DSL.falseCondition()).fetchResultSet()) {
            ResultSetMetaData data = none.getMetaData();
            for (int i = 0; i < fields.size(); i++) {
                named.put(data.getColumnName(i + 1), fields.get(i));
            }
            return new Place(text(data.getCatalogName(1)), text(data.getSchemaName(1)), text(data.getTableName(1)));
        } catch (DataAccessException problem) {
            String said = "the key " + fields + " of " + key.table()
                    + " must name what the database has, but it says: "
                    + String.valueOf(
                            problem.getCause() == null
                                    ? problem
                                    : problem.getCause().getMessage());
            if (Trouble.advice(problem) != null) {
                throw new IllegalKeyException(
                        "the table " + key.table() + " cannot be read by this database user: " + Trouble.words(problem),
                        problem);
            }
            if (Trouble.mayCome(problem)) {
                throw new AbsentKeyException(said + rendering(dsl), problem);
            }
            throw problem.sqlState().startsWith("42") ? new IllegalKeyException(said, problem) : problem;
        } catch (SQLException problem) {
            throw new DataAccessException("cannot read the columns of " + key.table(), problem);
        }
    }

    /** {@return the jOOQ setting that may have changed a name, empty for none} */
    private static String rendering(DSLContext dsl) {
        RenderNameCase names = dsl.settings().getRenderNameCase();
        boolean isAsIs = names == null || names == RenderNameCase.AS_IS;
        return isAsIs
                ? ""
                : "; jOOQ's setting renderNameCase is " + names + ", which may not match the case in the database";
    }

    private static KeyColumn column(
            Product product, DSLContext dsl, BatchKey key, TableShape shape, String name, Field<?> field) {
        Column column = shape.columns().get(name);
        if (column == null) {
            throw refused(key, name, "is not a column of that table; name columns, not expressions");
        }
        if (column.nullable()) {
            throw refused(
                    key,
                    name,
                    "may be null, and rows without a key would never be walked; declare it NOT NULL,"
                            + " or walk another key");
        }
        KeyText form = product.keyText(column);
        if (form == null) {
            throw refused(
                    key,
                    name,
                    "has the type " + column.type() + ", which cannot be walked; use an integer, decimal, text, uuid,"
                            + " date, timestamp or binary column");
        }
        String unordered = product.unorderedHere(dsl, column);
        if (unordered != null) {
            throw refused(key, name, unordered);
        }
        return new KeyColumn(field, name, form);
    }

    private static Field<?> appended(BatchKey key, String name) {
        Field<?> field = key.table().field(name);
        // With its table: the user's statement may join another table that has a column of that name.
        return field == null ? DSL.field("{0}.{1}", key.table(), DSL.quotedName(name)) : field;
    }

    private static IllegalKeyException refused(BatchKey key, String columns, String why) {
        return new IllegalKeyException("the key column " + columns + " of " + key.table() + " " + why);
    }

    private static String text(@Nullable String name) {
        return name == null ? "" : name;
    }
}
