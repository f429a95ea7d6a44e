package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.SchemaChange.AddColumn;
import org.asyncmigrations.schema.InnoDbTriggerBody.Event;

/**
 * MariaDB: a column that is replaced by others. The server has no transaction for changes of a schema, so each step is a list of statements
 * whose order never leaves a write without an effect. Used by one thread.
 *
 * @param schema the other changes
 * @param text the table
 * @param oldName the old column, as the catalog spells it if it is there
 */
record InnoDbExpandContract(InnoDbSchema schema, InnoDbCatalog catalog, SchemaText text, Sides sides, String oldName)
        implements StepwiseChange {
    /** In the old column's comment once no row was out of step: from then on, only its end is left. */
    private static final String MARK = "async-migrations: replaced by ";

    /** Of a comment's 1024 characters. */
    private static final int LONGEST_MARK = 1000;

    static InnoDbExpandContract of(InnoDbSchema schema, SchemaText text, Sides sides) {
        String name = SchemaText.name(sides.old());
        return new InnoDbExpandContract(
                schema,
                InnoDbCatalog.of(schema.dsl(), text),
                text,
                sides,
                text.spelled(name).orElse(name));
    }

    private ReplacedColumn replaced() {
        return new ReplacedColumn(text, sides, oldName);
    }

    private InnoDbTriggers triggers() {
        return InnoDbTriggers.of(catalog, text, sides, oldName);
    }

    private Optional<InnoDbColumn> old() {
        return text.has(oldName) ? Optional.of(catalog.column(oldName)) : Optional.empty();
    }

    private boolean isContracting(InnoDbColumn old) {
        return old.comment().startsWith(MARK);
    }

    @Override
    public List<SchemaStatement> expand() {
        InnoDbColumn old = catalog.column(text.column(sides.old()));
        if (isContracting(old)) {
            throw new SchemaRefusedException("contract() has begun to drop column " + oldName + " of table "
                    + text.tableName() + ", so it is not expanded again; let contract() end");
        }
        InnoDbTriggers triggers = triggers();
        InnoDbTriggerBody body = new InnoDbTriggerBody(text, sides, catalog, old, StepHash.of(text, sides, oldName));
        if (!triggers.areThere()) {
            new InnoDbTriggerRules(schema.dsl(), text, sides, triggers, body).requireFitting();
        }
        List<SchemaStatement> left = new ArrayList<>();
        for (NewColumn one : sides.columns()) {
            left.addAll(schema.addColumn(new AddColumn(sides.table(), SchemaText.column(one))));
        }
        // What old code inserts before the second one is there is what the back-fill finds.
        for (Event event : List.of(Event.UPDATE, Event.INSERT)) {
            if (triggers.found(event).isEmpty()) {
                left.add(schema.statements().alone(triggers.create(event, body), Map.of("sql_mode", strictMode())));
            }
        }
        return left;
    }

    /** A trigger keeps the mode of the session that creates it, and then applies that to each session's writes. */
    private String strictMode() {
        String mode = String.valueOf(schema.dsl().fetchValue("select @@sql_mode"));
        return InnoDbTriggerBody.literal(mode.isEmpty() ? "STRICT_ALL_TABLES" : mode + ",STRICT_ALL_TABLES");
    }

    @Override
    public List<SchemaStatement> contract() {
        Optional<InnoDbColumn> old = old();
        InnoDbTriggers triggers = triggers();
        List<SchemaStatement> left = new ArrayList<>();
        if (old.isEmpty()) {
            replaced().requireSome();
        } else if (!isContracting(old.get())) {
            replaced().requireExpanded(triggers.areThere());
            requireDroppable(List.of(oldName));
            left.add(SchemaStatement.mustLoseNone(outOfStep(old.get())));
            left.add(optional(old.get()));
        }
        left.addAll(dropped(triggers));
        if (old.isPresent()) {
            left.add(dropped(List.of(oldName)));
        }
        return left;
    }

    @Override
    public List<SchemaStatement> undo() {
        Optional<InnoDbColumn> old = old();
        if (old.isEmpty() || isContracting(old.get())) {
            throw replaced().gone(old.isPresent());
        }
        List<String> present = replaced().present();
        if (!present.isEmpty()) {
            requireDroppable(present);
        }
        List<SchemaStatement> left = new ArrayList<>(dropped(triggers()));
        if (!present.isEmpty()) {
            left.add(dropped(present));
        }
        return left;
    }

    private List<SchemaStatement> dropped(InnoDbTriggers triggers) {
        List<SchemaStatement> left = new ArrayList<>();
        for (Event event : List.of(Event.INSERT, Event.UPDATE)) {
            if (triggers.found(event).isPresent()) {
                left.add(schema.statements().alone(triggers.drop(event), Map.of()));
            }
        }
        return left;
    }

    private SchemaStatement dropped(List<String> columns) {
        return schema.statements().alter(text, drops(columns), InnoDbStatements.INSTANT, InnoDbStatements.INPLACE);
    }

    private String drops(List<String> columns) {
        return columns.stream()
                .map(column -> "drop column " + text.quoted(column))
                .collect(Collectors.joining(", "));
    }

    /** A check, a generated column or a unique key of several columns would be found only after the triggers are gone. */
    private void requireDroppable(List<String> columns) {
        new InnoDbShape(schema.dsl(), text)
                .tried(
                        List.of("alter table " + InnoDbShape.NAME + " " + drops(columns)),
                        why -> "something else needs " + String.join(", ", columns) + " of table " + text.tableName()
                                + ", so nothing was dropped (" + why
                                + "); drop that index, check or generated column first");
    }

    /**
     * Inserts of new code, which don't name the old column, need a value of it while there is a column and no trigger. Indexes and checks of
     * that column alone would refuse such a value, so they go at once.
     */
    private SchemaStatement optional(InnoDbColumn old) {
        String definition = old.optional();
        if (definition == null) {
            throw new SchemaRefusedException("column " + oldName + " of table " + text.tableName() + " has the type "
                    + old.type() + ", for which there is no default, so inserts would fail while it is dropped;"
                    + " let it take NULL first");
        }
        String mark = MARK + String.join(", ", replaced().present());
        String what = catalog.indexesOf(oldName).stream()
                .map(index -> "drop index " + text.quoted(index) + ", ")
                .collect(Collectors.joining(
                        "",
                        "",
                        "modify column " + text.quoted(oldName) + " " + definition
                                + " comment "
                                + InnoDbTriggerBody.literal(mark.substring(0, Math.min(mark.length(), LONGEST_MARK)))));
        return schema.statements()
                .alter(text, what, InnoDbStatements.INSTANT, InnoDbStatements.NOCOPY, InnoDbStatements.COPY);
    }

    private String outOfStep(InnoDbColumn old) {
        String some = replaced().present().stream()
                .map(column -> text.quoted(column) + " is not null or ")
                .collect(Collectors.joining("", "", text.quoted(oldName) + " is not null"));
        String made = old.cast("(" + text.inline(sides.value()) + ")");
        return "select * from " + text.table() + " where (" + some + ") and not ("
                + InnoDbColumn.same(old.isText(), made, text.quoted(oldName)) + ") limit 1";
    }
}
