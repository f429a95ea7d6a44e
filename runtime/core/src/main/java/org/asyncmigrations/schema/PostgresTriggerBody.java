package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.ExpandContract.Sides;
import org.jooq.Field;

/**
 * The text of the function that keeps both sides of a column in step. Only the side that changed is read, and only the other one is
 * written. Immutable.
 *
 * @param text the table
 * @param sides the two sides
 * @param table the table's name in the catalog
 * @param old the old column, as the catalog spells it
 * @param hash stands for the declaration
 */
record PostgresTriggerBody(SchemaText text, Sides sides, String table, String old, String hash) {
    /**
     * What the back-fill writes is what the old value gives, so that does not change the old value. Whatever else new code writes does.
     * A row that has nothing on either side comes from new code if the old column takes no NULL.
     */
    private static final String BODY = """
            #variable_conflict use_column
            <mark>
            declare
                made record;
                newer boolean;
            begin
                if tg_op = 'UPDATE' then
                    newer := <changed>;
                else
                    newer := num_nonnulls(<columns>) > 0 or num_nulls(<old>) = 1 and <must>;
                end if;
                if newer and num_nonnulls(<old>) = 1 then
                    made := new;
                    begin
                        <forth> into <made>;
                        if <same> then
                            return new;
                        end if;
                    exception when others then
                        null; -- The old value gives none, so it isn't this one.
                    end;
                end if;
                if newer then
                    <back> into <old>;
                    if num_nulls(<old>) = 1 and <must> then
                        raise not_null_violation using message = 'it takes no NULL';
                    end if;
                else
                    <forth> into <columns>;
                end if;
                return new;
            exception when data_exception or integrity_constraint_violation then
                raise exception using
                    errcode = 'check_violation',
                    schema = tg_table_schema,
                    table = tg_table_name,
                    column = <oldName>,
                    message = case when newer
                        then format('%s of table %s cannot be kept in column %s, which older releases read'
                            ' until the contract step: %s', <names>, tg_table_name, <oldName>, sqlerrm)
                        else format('column %s of table %s has a value that cannot be kept in %s, which newer releases read: %s',
                            <oldName>, tg_table_name, <names>, sqlerrm)
                    end;
            end;
            """;

    private static final String MUST = "exists (select from pg_catalog.pg_attribute where attrelid = tg_relid"
            + " and attname = <oldName> and attnotnull)";

    /** {@return the line by which the function is recognized} */
    String mark() {
        return "-- async-migrations, declaration " + hash;
    }

    private List<String> columns() {
        return sides.columns().stream().map(SchemaText::name).toList();
    }

    /** {@return whether an update changes a side} */
    String changed() {
        List<String> all = new ArrayList<>(List.of(old));
        all.addAll(columns());
        return compared("old", "*<>", "new", all);
    }

    /** Byte by byte, and for each type: also for one that has no operator for that. */
    private String compared(String one, String operator, String other, List<String> columns) {
        return "cast(row(" + fields(one, columns) + ") as record) operator(pg_catalog." + operator + ") cast(row("
                + fields(other, columns) + ") as record)";
    }

    private String fields(String record, List<String> columns) {
        return columns.stream()
                .map(column -> record + "." + text.quoted(column))
                .collect(Collectors.joining(", "));
    }

    /**
     * A query for the values of the new columns: they can be computed from nothing but the old one.
     *
     * @param record the row
     * @param from where it is from, empty for a variable
     */
    String forth(String record, String from) {
        List<Field<?>> values = new ArrayList<>();
        sides.columns().forEach(one -> values.add(one.value()));
        return query(record, values, List.of(old), from);
    }

    /**
     * A query for the value of the old column: it can be computed from nothing but the new ones.
     *
     * @param record the row
     * @param from where it is from, empty for a variable
     */
    String back(String record, String from) {
        return query(record, List.of(sides.value()), columns(), from);
    }

    private String query(String record, List<Field<?>> values, List<String> columns, String from) {
        String source = columns.stream()
                .map(column -> record + "." + text.quoted(column) + " as " + text.quoted(column))
                .collect(Collectors.joining(", ", " from (select ", from + ") as " + text.quoted(table)));
        return values.stream()
                        .map(value -> "(" + text.inline(value).replace("??", "?") + ")")
                        .collect(Collectors.joining(", ", "select ", ""))
                + source;
    }

    /** {@return the text} */
    String lines() {
        return BODY.replace("<must>", MUST)
                .replace("<mark>", mark())
                .replace("<changed>", compared("old", "*<>", "new", columns()))
                .replace("<same>", compared("made", "*=", "new", columns()))
                .replace("<made>", fields("made", columns()))
                .replace("<columns>", fields("new", columns()))
                .replace("<old>", fields("new", List.of(old)))
                .replace("<oldName>", literal(old))
                .replace("<names>", literal(String.join(", ", columns())))
                .replace("<forth>", forth("new", ""))
                .replace("<back>", back("new", ""));
    }

    private static String literal(String name) {
        return "'" + name.replace("'", "''") + "'";
    }
}
