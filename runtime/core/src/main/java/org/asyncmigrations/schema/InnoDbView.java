package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asyncmigrations.RenameByView.Names;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB: a table gets another name, and a view takes the old one. The server has no transaction for changes of a schema, but one RENAME
 * TABLE exchanges several names at once. So the view waits under a name of ours until the exchange, and {@link #undo} goes the same way
 * back. A view can be created only if there is what it shows, so for that moment there is a view of the new name, too. It is dropped
 * before the exchange: MariaDB 11.4 has crashed if a statement was opening a view while its name became a table. Used by one thread.
 *
 * @param old the old name: the table, then the view for old code
 * @param renamed the new name: nothing or a view, then the table
 * @param next what is to be the view for old code
 */
record InnoDbView(
        InnoDbSchema schema, RenamedTable said, InnoDbRelation old, InnoDbRelation renamed, InnoDbRelation next)
        implements StepwiseChange {
    private static final Pattern PART_OF_NAME = Pattern.compile("`(?:[^`]|``)*`|[^`.]+");

    static InnoDbView of(InnoDbSchema schema, Names names) {
        DSLContext dsl = schema.dsl();
        List<String> parts = PART_OF_NAME
                .matcher(dsl.render(names.table()))
                .results()
                .map(MatchResult::group)
                .map(part -> part.startsWith("`")
                        ? part.substring(1, part.length() - 1).replace("``", "`")
                        : part)
                .toList();
        String database = parts.size() > 1 ? parts.get(0) : String.valueOf(dsl.fetchValue("select database()"));
        InnoDbRelation old = InnoDbRelation.of(dsl, database, parts.get(parts.size() - 1));
        String hash = StepHash.ofColumn(old.name(), names.renamed());
        return new InnoDbView(
                schema,
                new RenamedTable(names, old.name()),
                old,
                InnoDbRelation.of(dsl, database, names.renamed()),
                InnoDbRelation.of(dsl, database, InnoDbTriggers.PREFIX + "next_" + hash));
    }

    /** {@return whether the table has its new name, and the view the old one} */
    private boolean isExchanged() {
        return old.shows(renamed) && renamed.isTable();
    }

    /** {@return whether nothing has the old name any more} */
    private boolean isContracted() {
        return !old.isThere() && renamed.isTable();
    }

    private InnoDbViewRules rules() {
        return new InnoDbViewRules(schema.dsl(), old, renamed);
    }

    @Override
    public List<SchemaStatement> expand() {
        if (isExchanged() || isContracted()) {
            return List.of();
        }
        if (!old.isThere()) {
            throw said.missing();
        }
        rules().requireFitting();
        List<SchemaStatement> left = new ArrayList<>(waiting());
        left.add(exchange(renamed, next, "1"));
        return left;
    }

    /** The view before the exchange. One of an attempt before may lack a column that was added meanwhile. */
    private List<SchemaStatement> waiting() {
        requireFree(renamed, old);
        requireFree(next, renamed);
        List<String> columns = old.columns(schema.dsl());
        if (next.shows(renamed, columns)) {
            return dropped(renamed, old);
        }
        List<SchemaStatement> left = new ArrayList<>(dropped(next, renamed));
        if (!renamed.shows(old, columns)) {
            left.addAll(dropped(renamed, old));
            left.add(create(renamed, old, columns));
        }
        new InnoDbGrants(schema.dsl(), old, renamed).statements().forEach(grant -> left.add(alone(grant)));
        left.add(create(next, renamed, columns));
        left.add(drop(renamed));
        return left;
    }

    @Override
    public List<SchemaStatement> contract() {
        if (isContracted()) {
            return List.of();
        }
        if (!isExchanged()) {
            throw said.notExpanded();
        }
        rules().requireUnused();
        return List.of(drop(old));
    }

    @Override
    public List<SchemaStatement> undo() {
        List<SchemaStatement> left = new ArrayList<>();
        if (isExchanged()) {
            requireFree(next, null);
            left.add(exchange(next, renamed, lockSeconds()));
            left.add(drop(next));
        } else if (old.isTable()) {
            left.addAll(dropped(next, renamed));
            left.addAll(dropped(renamed, old));
        } else {
            throw said.gone();
        }
        return left;
    }

    /**
     * A statement by the view locks the old name, then the new one; RENAME TABLE locks names in their order. If that is the other way
     * round, a wait could be a deadlock, after which the server opens the view once more, as a table.
     */
    private String lockSeconds() {
        return old.name().compareTo(renamed.name()) < 0 ? "1" : "0";
    }

    /** Nothing may have the name, except for the view that shows the other one. */
    private static void requireFree(InnoDbRelation name, @Nullable InnoDbRelation shown) {
        if (name.isThere() && (shown == null || !name.shows(shown))) {
            throw RenamedTable.taken(name.name());
        }
    }

    /**
     * With the rights of whoever creates it, because the rights on a name stay with it: whoever may use the old name may use the view, and
     * needs no right on the new name.
     */
    private SchemaStatement create(InnoDbRelation view, InnoDbRelation shown, List<String> columns) {
        String list = columns.stream().map(InnoDbRelation::quoted).collect(Collectors.joining(", "));
        return alone("create algorithm = merge sql security definer view " + view.path() + " as select " + list
                + " from " + shown.path());
    }

    private List<SchemaStatement> dropped(InnoDbRelation view, InnoDbRelation shown) {
        return view.shows(shown) ? List.of(drop(view)) : List.of();
    }

    private SchemaStatement drop(InnoDbRelation view) {
        return alone("drop view " + view.path());
    }

    private SchemaStatement alone(String sql) {
        return schema.statements().alone(sql, Map.of());
    }

    /** What has the old name gives it to another one. With a check of foreign keys, those that reference the table follow it. */
    private SchemaStatement exchange(InnoDbRelation aside, InnoDbRelation in, String seconds) {
        return schema.statements()
                .alone(
                        "rename table " + old.path() + " to " + aside.path() + ", " + in.path() + " to " + old.path(),
                        Map.of("foreign_key_checks", "1", "lock_wait_timeout", seconds));
    }
}
