package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.schema.InnoDbCatalog.Trigger;
import org.asyncmigrations.schema.InnoDbTriggerBody.Event;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * What keeps triggers of MariaDB from keeping two sides in step, as far as the catalog shows it. Used by one thread.
 *
 * @param triggers the triggers that are to be created
 * @param body their text
 */
record InnoDbTriggerRules(
        DSLContext dsl, SchemaText text, Sides sides, InnoDbTriggers triggers, InnoDbTriggerBody body) {
    private static final String HERE = " where table_schema = {0} and table_name = {1}";

    /** The table's database is {0}, the table {1}, the old column {2}. */
    private static final List<CatalogRule> RULES = List.of(
            new CatalogRule(
                    "select table_type from information_schema.tables" + HERE + " and table_type <> 'BASE TABLE'",
                    "table {table} is not an ordinary table, but a {found}, so no trigger keeps its columns in step"),
            new CatalogRule(
                    "select 1 from information_schema.partitions" + HERE + " and partition_name is not null",
                    "table {table} is partitioned, and no temporary copy can be made of it to try the change"),
            new CatalogRule(
                    "select index_name from information_schema.statistics" + HERE + " and index_type = 'FULLTEXT'",
                    "table {table} has the full-text index {found}, and no temporary copy can be made of it to try the change"),
            new CatalogRule(
                    "select extra from information_schema.columns" + HERE
                            + " and column_name = {2} and (is_generated <> 'NEVER' or extra like '%auto_increment%')",
                    "column {old} of table {table} is generated, so no trigger can write it"),
            new CatalogRule(
                    "select constraint_name from information_schema.key_column_usage" + HERE
                            + " and column_name = {2} and (constraint_name = 'PRIMARY' or referenced_table_name is not null)"
                            + " union all select concat(constraint_name, ' of ', table_name)"
                            + " from information_schema.key_column_usage where referenced_table_schema = {0}"
                            + " and referenced_table_name = {1} and referenced_column_name = {2}",
                    "column {old} of table {table} belongs to constraint {found}: a key by which rows are found is not replaced"),
            new CatalogRule(
                    "select current_user() from dual where @@log_bin and not @@log_bin_trust_function_creators and"
                            + InnoDbRights.ARE_SHOWN
                            + " and"
                            + InnoDbRights.lacks("user_privileges", "privilege_type = 'SUPER'", ""),
                    "the binary log is on, so the user {found} may create no trigger; grant it SUPER, or set"
                            + " log_bin_trust_function_creators on"),
            new CatalogRule(
                    "select current_user() from dual where"
                            + InnoDbRights.ARE_SHOWN
                            + " and"
                            + InnoDbRights.lacksOnDatabase("privilege_type = 'TRIGGER'")
                            + " and"
                            + InnoDbRights.lacks(
                                    "table_privileges",
                                    "privilege_type = 'TRIGGER'",
                                    " and table_schema = {0} and table_name = {1}"),
                    "the user {found} must have the privilege TRIGGER on table {table}"));

    /** A change by a foreign key's action. */
    private static final String ACTIONS = "select k.constraint_name, k.column_name"
            + " from information_schema.key_column_usage k join information_schema.referential_constraints r"
            + " on r.constraint_schema = k.constraint_schema and r.table_name = k.table_name"
            + " and r.constraint_name = k.constraint_name where k.table_schema = {0} and k.table_name = {1}"
            + " and k.referenced_table_name is not null and (r.update_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT')"
            + " or r.delete_rule in ('SET NULL', 'SET DEFAULT'))";

    void requireFitting() {
        CatalogRule.requireNone(
                dsl,
                RULES,
                Map.of("old", triggers.old(), "table", text.tableName()),
                DSL.val(triggers.catalog().schema()),
                DSL.val(triggers.catalog().table()),
                DSL.val(triggers.old()));
        requireNoActions();
        requireNoOther();
        requireExpressions();
    }

    private SchemaRefusedException refused(String why, String found) {
        return new SchemaRefusedException(why.replace("{old}", triggers.old())
                .replace("{table}", text.tableName())
                .replace("{found}", found));
    }

    private void requireNoActions() {
        for (Record key : dsl.fetch(
                ACTIONS,
                DSL.val(triggers.catalog().schema()),
                DSL.val(triggers.catalog().table()))) {
            String column = key.get(1, String.class);
            if (sides.columns().stream().anyMatch(one -> SchemaText.name(one).equalsIgnoreCase(column))) {
                throw refused(
                        "the foreign key " + key.get(0) + " changes column " + column
                                + " of table {table} by an action,"
                                + " for which no trigger fires; drop that key first, or give it no action",
                        "");
            }
        }
    }

    /** Triggers fire in the order in which they were created. Each sees what those before it have written, and not what others write. */
    private void requireNoOther() {
        for (Trigger other : triggers.there()) {
            for (Event event : Event.values()) {
                boolean isLater = triggers.found(event).stream()
                        .anyMatch(ours -> other.event().equals(ours.event())
                                && other.timing().equals("BEFORE")
                                && other.order() > ours.order());
                if (isLater) {
                    throw refused(
                            "trigger {found} of table {table} has been created after this expansion's, so it fires later and"
                                    + " could change the columns; drop it, and create it again before this migration runs",
                            other.name());
                }
            }
            boolean isOurs = List.of(triggers.name(Event.UPDATE), triggers.name(Event.INSERT))
                    .contains(other.name());
            if (!isOurs && other.name().startsWith(InnoDbTriggers.PREFIX) && isShared(other)) {
                throw refused(
                        "trigger {found} of another expansion uses a column of this one of table {table}; let that one's"
                                + " contract() run first",
                        other.name());
            }
        }
    }

    private boolean isShared(Trigger other) {
        List<String> names = new ArrayList<>(List.of(triggers.old()));
        sides.columns().forEach(one -> names.add(SchemaText.name(one)));
        return names.stream().anyMatch(name -> other.text().contains("new." + text.quoted(name)));
    }

    /** The server itself tries them, on an empty copy of the table. */
    private void requireExpressions() {
        List<String> tries = new ArrayList<>();
        for (NewColumn one : sides.columns()) {
            if (!text.has(SchemaText.name(one))) {
                tries.add("alter table " + InnoDbShape.NAME + " add column " + text.definition(SchemaText.column(one)));
            }
        }
        String from = " from " + InnoDbShape.NAME + " s";
        sides.columns().forEach(one -> tries.add(body.forth(one, "s", from)));
        tries.add(body.back("s", from));
        new InnoDbShape(dsl, text)
                .tried(
                        tries,
                        why -> "an expression for column " + triggers.old() + " of table " + text.tableName()
                                + " or for the columns that replace it is refused by the server: " + why
                                + "; the new columns are computed from the old one only, and the old one from the new ones only");
    }
}
