package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.SchemaChange.AddColumn;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * PostgreSQL: a column that is replaced by others. The old column is dropped in one transaction with the triggers, so there is no moment
 * in which it is written by nobody. Used by one thread.
 */
record PostgresExpandContract(DSLContext dsl, SchemaText text, Sides sides) implements StepwiseChange {
    /** Without a length, since a cast would cut off what is too long. */
    private static final String TYPE = "select format_type(a.atttypid, case t.typname when 'varchar' then -1"
            + " when 'varbit' then -1 else a.atttypmod end) from pg_attribute a join pg_type t on t.oid = a.atttypid"
            + " where a.attrelid = to_regclass({0}) and a.attname = {1}";

    /** Policies would hide rows: the server refuses instead. */
    private static final Map<String, String> ALL_ROWS = Map.of("row_security", "off");

    @Override
    public List<SchemaStatement> expand() {
        String old = text.column(sides.old());
        PostgresTriggers triggers = PostgresTriggers.of(dsl, text, sides, old);
        List<SchemaStatement> left = new ArrayList<>();
        boolean isSynced = triggers.areThere();
        if (!isSynced) {
            new PostgresTriggerRules(dsl, text, sides, triggers).requireFitting();
        }
        PostgresSchema columns = new PostgresSchema(dsl);
        for (NewColumn one : sides.columns()) {
            left.addAll(columns.addColumn(new AddColumn(sides.table(), SchemaText.column(one))));
        }
        if (!isSynced) {
            left.add(SchemaStatement.atOnce(triggers.create()));
        }
        return left;
    }

    @Override
    public List<SchemaStatement> contract() {
        Optional<String> old = old();
        ReplacedColumn column = new ReplacedColumn(text, sides, old.orElse(oldName()));
        PostgresTriggers triggers = triggers(old);
        if (old.isEmpty()) {
            column.requireSome();
            return triggers.isAnyThere() ? List.of(SchemaStatement.atOnce(triggers.drop())) : List.of();
        }
        column.requireExpanded(triggers.areThere());
        return List.of(
                SchemaStatement.mustLoseNone(outOfStep(column)).with(ALL_ROWS),
                SchemaStatement.atOnce(triggers.drop() + ";\n" + dropped(List.of(old.get()))));
    }

    @Override
    public List<SchemaStatement> undo() {
        Optional<String> old = old();
        ReplacedColumn column = new ReplacedColumn(text, sides, oldName());
        List<String> present = column.present();
        if (old.isEmpty()) {
            throw column.gone(false);
        }
        PostgresTriggers triggers = triggers(old);
        List<String> parts = new ArrayList<>();
        if (triggers.isAnyThere()) {
            parts.add(triggers.drop());
        }
        if (!present.isEmpty()) {
            parts.add(dropped(present));
        }
        return parts.isEmpty() ? List.of() : List.of(SchemaStatement.atOnce(String.join(";\n", parts)));
    }

    private String oldName() {
        return SchemaText.name(sides.old());
    }

    private Optional<String> old() {
        return text.spelled(oldName());
    }

    private PostgresTriggers triggers(Optional<String> old) {
        return PostgresTriggers.of(dsl, text, sides, old.orElse(oldName()));
    }

    private String dropped(List<String> columns) {
        return "alter table " + text.table()
                + columns.stream()
                        .map(column -> " drop column " + text.quoted(column))
                        .collect(Collectors.joining(","));
    }

    private String outOfStep(ReplacedColumn column) {
        String old = column.old();
        Object type = dsl.fetchValue(TYPE, DSL.val(text.table()), DSL.val(old));
        String columns = text.quoted(column.present());
        String made = "cast((" + text.inline(sides.value()) + ") as " + type + ")";
        String there = "cast(" + text.quoted(old) + " as " + type + ")";
        return "select * from " + text.table() + " where num_nonnulls(" + columns + ", " + text.quoted(old)
                + ") > 0 and cast(row(" + made + ") as record) operator(pg_catalog.*<>) cast(row(" + there
                + ") as record) limit 1";
    }
}
