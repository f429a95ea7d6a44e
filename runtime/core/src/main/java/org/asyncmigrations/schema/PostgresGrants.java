package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * The rights of others on a table, as statements that give them the same on a view of it. Used by one thread.
 *
 * @param table the table's oid
 * @param view the view's name
 * @param columnsOf the view's names for a column of the table
 */
record PostgresGrants(DSLContext dsl, long table, String view, Function<String, List<String>> columnsOf) {
    private static final String GRANTS = "select g.privilege_type, x.attname,"
            + " case when g.grantee = 0 then 'public' else g.grantee::regrole::text end, g.is_grantable"
            + " from (select relowner, null::text as attname, relacl as acl from pg_class where oid = {0} union all"
            + " select c.relowner, a.attname, a.attacl from pg_attribute a join pg_class c on c.oid = a.attrelid"
            + " where c.oid = {0} and a.attnum > 0 and not a.attisdropped) x, aclexplode(x.acl) g"
            + " where g.grantee <> x.relowner and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')"
            + " order by 3, 2 nulls first, 1";

    List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (Record one : dsl.fetch(GRANTS, DSL.inline(table))) {
            String column = one.get(1, String.class);
            String columns = column == null
                    ? ""
                    : columnsOf.apply(column).stream()
                            .map(name -> dsl.render(DSL.quotedName(name)))
                            .collect(Collectors.joining(", ", " (", ")"));
            statements.add("grant " + one.get(0) + columns + " on " + view + " to " + one.get(2)
                    + (one.get(3, boolean.class) ? " with grant option" : ""));
        }
        return statements;
    }
}
