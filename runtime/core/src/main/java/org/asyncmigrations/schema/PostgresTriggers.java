package org.asyncmigrations.schema;

import java.nio.charset.StandardCharsets;
import org.asyncmigrations.ExpandContract.Sides;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * The function and the two triggers that keep both sides of a column in step. They fire last, since PostgreSQL fires by name. The
 * function has a hash of the declaration in its text, by which it is recognized. Used by one thread.
 *
 * @param text the table
 * @param place the table as the catalog names it
 * @param old the old column, as the catalog spells it
 * @param body the text of the function
 * @param found what is there
 */
record PostgresTriggers(SchemaText text, Place place, String old, PostgresTriggerBody body, Found found) {
    private static final String PREFIX = "zz_async_migrations_";

    /** Of a name's 63 bytes, without the prefix, a hash and the kind. */
    private static final int LONGEST_COLUMN = 32;

    private static final String PLACE = "select n.nspname, c.relname from pg_class c"
            + " join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass({0})";

    private static final String FOUND = "select (select p.prosrc from pg_proc p"
            + " join pg_namespace n on n.oid = p.pronamespace"
            + " where n.nspname = {1} and p.proname = {2} and p.pronargs = 0), count(*),"
            + " count(*) filter (where t.tgenabled in ('O', 'A'))"
            + " from pg_trigger t where t.tgrelid = to_regclass({0}) and t.tgname in ({2} || '_i', {2} || '_u')";

    /** A table as the catalog names it. */
    record Place(String schema, String table) {}

    /** What is there of that name. */
    private record Found(boolean isFunction, boolean isOurs, int triggers, int enabled) {}

    static PostgresTriggers of(DSLContext dsl, SchemaText text, Sides sides, String old) {
        Record row = dsl.fetchSingle(PLACE, DSL.val(text.table()));
        Place place = new Place(row.get(0, String.class), row.get(1, String.class));
        PostgresTriggerBody body =
                new PostgresTriggerBody(text, sides, place.table(), old, StepHash.of(text, sides, old));
        Record there = dsl.fetchSingle(
                FOUND, DSL.val(text.table()), DSL.val(place.schema()), DSL.val(name(place.table(), old)));
        String source = there.get(0, String.class);
        boolean isOurs = source != null && source.contains(body.mark());
        Found found = new Found(source != null, isOurs, there.get(1, int.class), there.get(2, int.class));
        return new PostgresTriggers(text, place, old, body, found);
    }

    private static String name(String table, String old) {
        boolean isShort = old.getBytes(StandardCharsets.UTF_8).length <= LONGEST_COLUMN;
        return PREFIX + (isShort ? old + "_" : "") + StepHash.ofColumn(table, old);
    }

    /** {@return the name of the function, and the beginning of the triggers' names} */
    String name() {
        return name(place.table(), old);
    }

    private String function() {
        return text.quoted(place.schema()) + "." + text.quoted(name());
    }

    private String trigger(String kind) {
        return "trigger " + text.quoted(name() + kind);
    }

    boolean isAnyThere() {
        requireOurs();
        return found.isFunction() || found.triggers() > 0;
    }

    /** {@return whether both sides are kept in step} */
    boolean areThere() {
        requireOurs();
        return found.isOurs() && found.enabled() == 2;
    }

    private void requireOurs() {
        if (found.isFunction() && !found.isOurs()) {
            throw new ReplacedColumn(text, body.sides(), old).otherDefinition("function " + name());
        }
    }

    /** {@return the statements that drop the triggers and the function} */
    String drop() {
        return dropTriggers() + ";\ndrop function if exists " + function() + "()";
    }

    private String dropTriggers() {
        String table = " on " + text.table();
        return "drop " + trigger("_i").replace("trigger ", "trigger if exists ") + table + ";\ndrop "
                + trigger("_u").replace("trigger ", "trigger if exists ") + table;
    }

    /** {@return the statements that create the function and the triggers} */
    String create() {
        String before = found.triggers() == 0 ? "" : dropTriggers() + ";\n";
        String onRow = " on " + text.table() + " for each row";
        String execute = " execute function " + function() + "()";
        return before + "create or replace function " + function()
                + "() returns trigger language plpgsql set search_path from current as $async_migrations$\n"
                + body.lines() + "$async_migrations$;\ncreate " + trigger("_i") + " before insert" + onRow + execute
                + ";\ncreate " + trigger("_u") + " before update" + onRow + "\nwhen (" + body.changed() + ")"
                + execute;
    }
}
