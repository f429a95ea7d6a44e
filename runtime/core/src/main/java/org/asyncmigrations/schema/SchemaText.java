package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.Table;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM.NullOrdering;
import org.jspecify.annotations.Nullable;

/**
 * The text of a table's parts, as statements have them: names in quotes, as the catalog spells them, and without their table. Used by
 * one thread.
 */
final class SchemaText {
    private final DSLContext dsl;
    private final Table<?> of;
    private final String table;
    private final List<String> columns;

    private SchemaText(DSLContext dsl, Table<?> of, String table, List<String> columns) {
        this.dsl = dsl;
        this.of = of;
        this.table = table;
        this.columns = columns;
    }

    /** {@return the text of a table, whose columns are looked up; no row is read} */
    static SchemaText of(DSLContext dsl, Table<?> table) {
        String name = dsl.render(table);
        List<String> columns = dsl.select(DSL.asterisk())
                .from(DSL.table(name))
                .where(DSL.falseCondition())
                .fetch()
                .fieldStream()
                .map(Field::getName)
                .toList();
        return new SchemaText(dsl, table, name, columns);
    }

    /** A part of an index: a column, or an expression. */
    record Part(@Nullable String column, String sql, boolean descends) {}

    /** {@return the table's name, in quotes} */
    String table() {
        return table;
    }

    /** {@return the name for messages} */
    String tableName() {
        return of.getName();
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    /** {@return a column as the catalog spells it, by a name that may differ from that in case} */
    Optional<String> spelled(String name) {
        return columns.stream()
                .filter(name::equals)
                .findFirst()
                .or(() -> columns.stream().filter(name::equalsIgnoreCase).findFirst());
    }

    /** {@return a column as the catalog spells it} */
    String column(Field<?> field) {
        return found(field)
                .orElseThrow(() -> new SchemaRefusedException("table " + tableName() + " has no column "
                        + field.getName() + "; correct the name, or let an earlier migration add it"));
    }

    /** {@return columns as the catalog spells them} */
    List<String> columns(List<Field<?>> fields) {
        return fields.stream().map(this::column).toList();
    }

    private Optional<String> found(Field<?> field) {
        return spelled(inline(field).replaceAll("[\"`]", ""));
    }

    /** {@return a column's name as it was declared, without quotes} */
    static String name(Field<?> column) {
        return column.getName().replaceAll("[\"`]", "");
    }

    static String name(NewColumn one) {
        return name(one.column());
    }

    /** {@return a new column by its name alone} */
    static Field<?> column(NewColumn one) {
        return DSL.field(DSL.name(name(one)), one.column().getDataType());
    }

    /** {@return a name in quotes} */
    String quoted(String name) {
        return dsl.render(DSL.quotedName(name));
    }

    /** {@return names in quotes, with commas} */
    String quoted(List<String> names) {
        return names.stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    /** {@return a condition or an expression with its values, without the names of tables} */
    String inline(QueryPart part) {
        return dsl.renderInlined(CustomQueryPart.of(context -> context.qualify(false, inner -> inner.visit(part))));
    }

    /** {@return a condition in parentheses} */
    String condition(Condition condition) {
        return "(" + inline(condition) + ")";
    }

    /** {@return the parts of an index} */
    List<Part> parts(List<OrderField<?>> fields) {
        List<Part> parts = new ArrayList<>();
        for (OrderField<?> part : fields) {
            boolean sorted = part instanceof SortField<?>;
            Field<?> field = sorted ? ((SortField<?>) part).$field() : (Field<?>) part;
            boolean descends = sorted && ((SortField<?>) part).getOrder() == SortOrder.DESC;
            @Nullable String column = found(field).orElse(null);
            String sql = column == null ? "(" + inline(field) + ")" : quoted(column);
            parts.add(new Part(column, sql + (descends ? " desc" : "") + nulls(part), descends));
        }
        return parts;
    }

    private String nulls(OrderField<?> part) {
        NullOrdering nulls = part instanceof SortField<?> sorted ? sorted.$nullOrdering() : null;
        if (nulls == null) {
            return "";
        }
        if (dsl.family() != SQLDialect.POSTGRES) {
            throw new SchemaRefusedException("an index of " + dsl.family().getName()
                    + " has no nulls first or last, as one of table " + tableName() + " should have; leave it out");
        }
        return nulls == NullOrdering.NULLS_FIRST ? " nulls first" : " nulls last";
    }

    /** {@return the list of an index's parts} */
    static String list(List<Part> parts) {
        return parts.stream().map(Part::sql).collect(Collectors.joining(", ", "(", ")"));
    }

    /** {@return a column's name, type, default and whether it takes NULL} */
    String definition(Field<?> column) {
        // jOOQ knows each product's names of types.
        String added = dsl.renderInlined(
                DSL.alterTable(DSL.table("x")).addColumn(DSL.quotedName(column.getName()), column.getDataType()));
        return added.replaceFirst("^alter table x add (?:column )?", "");
    }
}
