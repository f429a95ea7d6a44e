package org.asyncmigrations.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What a view in the place of a table would change on MariaDB, or what would be left behind without it, as far as the catalog shows it.
 * Used by one thread.
 *
 * @param old the table by its old name, or the view that has it
 * @param renamed the new name, and what has it
 */
record InnoDbViewRules(DSLContext dsl, InnoDbRelation old, InnoDbRelation renamed) {
    private static final int LONGEST_NAME = 64;

    private static final String HERE = " where table_schema = {0} and table_name = {1}";

    private static final List<CatalogRule> RULES = Stream.concat(
                    Stream.of(
                            new CatalogRule(
                                    "select table_type from information_schema.tables" + HERE
                                            + " and table_type <> 'BASE TABLE'",
                                    "table {table} is not an ordinary table, but a {found}, which a view cannot stand for"),
                            new CatalogRule(
                                    "select partition_name from information_schema.partitions" + HERE
                                            + " and partition_name is not null limit 1",
                                    "table {table} is partitioned, and no statement can name its partition {found} by a view"),
                            new CatalogRule(
                                    "select column_name from information_schema.columns" + HERE
                                            + " and extra like '%INVISIBLE%' limit 1",
                                    "column {found} of table {table} is invisible, and a view has no such columns; make it"
                                            + " visible, or rename the table in a maintenance window"),
                            new CatalogRule(
                                    "select trigger_name from information_schema.triggers where event_object_schema = {0}"
                                            + " and event_object_table = {1} and left(trigger_name, "
                                            + InnoDbTriggers.PREFIX.length() + ") = '" + InnoDbTriggers.PREFIX + "'",
                                    "the trigger {found} of table {table} belongs to an ExpandContract, which knows the table"
                                            + " by this name; let its contract() run first"),
                            new CatalogRule(
                                    "select concat(lower(routine_type), ' ', routine_name) from information_schema.routines"
                                            + " where routine_schema = {0} and routine_definition rlike {2}"
                                            + " union all select concat('event ', event_name) from information_schema.events"
                                            + " where event_schema = {0} and event_definition rlike {2}",
                                    "the {found} truncates table {table}, which cannot be done by a view; let it delete the"
                                            + " rows instead, or use the new name later"),
                            new CatalogRule(
                                    "select r.constraint_name from information_schema.referential_constraints r"
                                            + " join information_schema.referential_constraints o"
                                            + " on o.constraint_schema = {0} and o.table_name <> {1}"
                                            + " and o.constraint_name = concat({4}, substr(r.constraint_name, char_length({1}) + 1))"
                                            + " where r.constraint_schema = {0} and r.table_name = {1}"
                                            + " and r.constraint_name regexp {3}",
                                    "the server would rename the foreign key {found} with table {table}, to a name that"
                                            + " another table's key has; give it a name of its own"),
                            new CatalogRule(
                                    "select group_concat(distinct t.grantee) from (" + InnoDbGrants.GRANTS
                                            + ") t where" + InnoDbRights.ARE_SHOWN + " and"
                                            + InnoDbRights.lacksOnDatabase("is_grantable = 'YES'")
                                            + " having count(*) > 0",
                                    "users have rights on table {table} alone ({found}), which they need on {new} too; the"
                                            + " user of this migration must have GRANT OPTION on the database")),
                    Stream.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "CREATE VIEW")
                            .map(InnoDbViewRules::needed))
            .toList();

    private static CatalogRule needed(String privilege) {
        return new CatalogRule(
                "select current_user() from dual where" + InnoDbRights.ARE_SHOWN + " and"
                        + InnoDbRights.lacksOnDatabase("privilege_type = '" + privilege + "'"),
                "the user {found} must have the privilege " + privilege + " on the database of table {table}: the view"
                        + " has its rights");
    }

    /** What has the old name in its text would find nothing any more. */
    private static final List<CatalogRule> USES = List.of(
            new CatalogRule(
                    "select concat(table_schema, '.', table_name) from information_schema.views"
                            + " where instr(view_definition, {2}) > 0",
                    "the view {found} reads {table}, so that is not dropped yet; create it again with {new}"),
            new CatalogRule(
                    "select concat('trigger ', trigger_name) from information_schema.triggers"
                            + " where trigger_schema = {0} and action_statement rlike {3}"
                            + " union all select concat(lower(routine_type), ' ', routine_name)"
                            + " from information_schema.routines where routine_schema = {0} and routine_definition rlike {3}"
                            + " union all select concat('event ', event_name) from information_schema.events"
                            + " where event_schema = {0} and event_definition rlike {3}",
                    "the {found} has the name {table} in its text, so the view of that name is not dropped; create it again"
                            + " with {new}, or drop the view yourself if it means something else"));

    /** Refuses what old code could not do by a view, and what the server would refuse in the middle. */
    void requireFitting() {
        if ("VIEW".equals(old.type())) {
            throw RenamedTable.notATable(old.name());
        }
        if (renamed.name().length() > LONGEST_NAME) {
            throw RenamedTable.tooLong(renamed.name(), LONGEST_NAME + " characters");
        }
        CatalogRule.requireNone(
                dsl,
                RULES,
                words(),
                DSL.val(old.schema()),
                DSL.val(old.name()),
                DSL.val("truncate\\s+(table\\s+)?([`\\w$]+\\s*\\.\\s*)?`?" + word(old.name())),
                DSL.val("^\\Q" + old.name() + "\\E_ibfk_[0-9]+$"),
                DSL.val(renamed.name()));
        if (TableLines.of(dsl, old.path()).lines().stream().anyMatch(line -> line.startsWith("PERIOD FOR "))) {
            throw new SchemaRefusedException(
                    "table " + old.name() + " has a period of time, and no statement can name that by a view");
        }
    }

    /** Refuses to drop the view while something still reads it. */
    void requireUnused() {
        CatalogRule.requireNone(
                dsl,
                USES,
                words(),
                DSL.val(old.schema()),
                DSL.val(old.name()),
                DSL.val(old.path()),
                DSL.val(word(old.name())));
    }

    private Map<String, String> words() {
        return Map.of("table", old.name(), "new", renamed.name());
    }

    private static String word(String name) {
        return "(?<![\\w$])\\Q" + name + "\\E(?![\\w$])";
    }
}
