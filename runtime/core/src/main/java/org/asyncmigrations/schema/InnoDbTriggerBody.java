package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.product.InnoDb;
import org.jooq.Field;

/**
 * The text of the triggers that keep both sides of a column in step on MariaDB. Only the side that changed is read, and only the other one
 * is written. Immutable.
 *
 * @param text the table
 * @param sides the two sides
 * @param catalog the table as the catalog names it
 * @param old the old column
 * @param hash stands for the declaration
 */
record InnoDbTriggerBody(SchemaText text, Sides sides, InnoDbCatalog catalog, InnoDbColumn old, String hash) {
    /** A name that no column has, since variables hide columns. */
    private static final String VARIABLE = "async_migrations_";

    /**
     * What the back-fill writes is what the old value gives, so that does not change the old value. Whatever else new code writes does.
     * A row that has nothing on either side comes from new code if the old column takes no NULL. The handlers catch what is wrong with a
     * row, and leave the rest to the server, such as a deadlock.
     */
    private static final String BODY = """
            begin
                declare async_migrations_declaration varchar(16) default '<hash>';
                declare async_migrations_newer boolean default <newer>;
                declare async_migrations_same boolean default false;
                declare async_migrations_made longtext character set utf8mb4;
                declare async_migrations_why text character set utf8mb4;
            <variables>
                declare exit handler for <codes> begin
                    get diagnostics condition 1 async_migrations_why = message_text;
                    set async_migrations_why = left(concat(if(async_migrations_newer, <backWords>, <forthWords>), async_migrations_why), 512);
                    signal sqlstate '23000' set message_text = async_migrations_why;
                end;
                if async_migrations_newer and <old> is not null then
                    begin
                        declare exit handler for <codes> begin end; -- The old value gives none, so it isn't this one.
            <tries>
                        set async_migrations_same = <same>;
                    end;
                end if;
                if async_migrations_newer and not async_migrations_same then
                    set <old> = <back>;
            <checks>
                elseif not async_migrations_newer and <older> then
            <forth>
                end if;
            end""";

    private static final String REFUSED =
            "        if %s then signal sqlstate '45000' set message_text = '%s'; end if;\n";

    /** The events that it is for. */
    enum Event {
        /** An update. */
        UPDATE,
        /** An insert. */
        INSERT
    }

    private List<String> columns() {
        return sides.columns().stream().map(SchemaText::name).toList();
    }

    private String of(String row, String column) {
        return row + "." + text.quoted(column);
    }

    /** {@return the value of a new column, computed from nothing but the old one} */
    String forth(NewColumn one, String row, String from) {
        return query(one.value(), List.of(old.name()), row, from);
    }

    /** {@return the value of the old column, computed from nothing but the new ones} */
    String back(String row, String from) {
        return query(sides.value(), columns(), row, from);
    }

    private String query(Field<?> value, List<String> columns, String row, String from) {
        return columns.stream()
                .map(column -> of(row, column) + " as " + text.quoted(column))
                .collect(Collectors.joining(
                        ", ",
                        "(select (" + text.inline(value) + ") from (select ",
                        from + ") as " + text.quoted(catalog.table()) + ")"));
    }

    private String newer(Event event) {
        if (event == Event.UPDATE) {
            return sides.columns().stream()
                    .map(one -> "not (" + unchanged(InnoDbColumn.isText(one), SchemaText.name(one)) + ")")
                    .collect(Collectors.joining(" or "));
        }
        String written = columns().stream()
                .map(column -> of("new", column) + " is not null")
                .collect(Collectors.joining(" or "));
        return old.isNullable() ? written : written + " or " + of("new", old.name()) + " is null";
    }

    private String older(Event event) {
        return event == Event.UPDATE
                ? "not (" + unchanged(old.isText(), old.name()) + ")"
                : of("new", old.name()) + " is not null";
    }

    private String unchanged(boolean isText, String column) {
        return InnoDbColumn.same(isText, of("old", column), of("new", column));
    }

    private String checks() {
        String there = of("new", old.name());
        String noNull = old.isNullable() ? "" : REFUSED.formatted(there + " is null", "it takes no NULL");
        return old.isText()
                ? noNull + "        set async_migrations_made = " + back("new", "") + ";\n"
                        + REFUSED.formatted(
                                "not (" + InnoDbColumn.same(true, "async_migrations_made", there) + ")",
                                "it would lose a part of the value")
                : noNull;
    }

    private String lines(String line) {
        return IntStream.range(0, sides.columns().size())
                .mapToObj(i -> {
                    NewColumn one = sides.columns().get(i);
                    return line.replace("<variable>", VARIABLE + (i + 1))
                            .replace("<column>", text.quoted(SchemaText.name(one)))
                            // Without its database, the server looks for the table in that of the session.
                            .replace("<table>", text.quoted(catalog.schema()) + "." + text.quoted(catalog.table()))
                            .replace("<value>", forth(one, "new", ""));
                })
                .collect(Collectors.joining("\n"));
    }

    private String same() {
        List<String> all = new ArrayList<>();
        for (NewColumn one : sides.columns()) {
            all.add(InnoDbColumn.same(
                    InnoDbColumn.isText(one), VARIABLE + (all.size() + 1), of("new", SchemaText.name(one))));
        }
        return String.join(" and ", all);
    }

    /** {@return the text} */
    String lines(Event event) {
        String names = String.join(", ", columns());
        return BODY.replace("<hash>", hash)
                .replace("<newer>", newer(event))
                .replace("<older>", older(event))
                .replace(
                        "<codes>",
                        InnoDb.OF_A_ROW.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")))
                .replace("<variables>", lines("    declare <variable> type of <table>.<column>;"))
                .replace("<tries>", lines("            set <variable> = <value>;"))
                .replace("<same>", same())
                .replace("<old>", of("new", old.name()))
                .replace("<checks>", checks().stripTrailing())
                .replace("<forth>", lines("        set new.<column> = <value>;"))
                .replace("<back>", back("new", ""))
                .replace(
                        "<backWords>",
                        literal(names + " of table " + catalog.table() + " cannot be kept in column " + old.name()
                                + ", which older releases read until the contract step: "))
                .replace(
                        "<forthWords>",
                        literal("column " + old.name() + " of table " + catalog.table()
                                + " has a value that cannot be kept in " + names + ", which newer releases read: "));
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
