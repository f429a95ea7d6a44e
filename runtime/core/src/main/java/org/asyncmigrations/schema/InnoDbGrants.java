package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The rights of others on one table alone, as statements that give them the same on another name. MariaDB keeps rights by name, so they
 * stay with the old one, whatever has it. Used by one thread.
 *
 * @param from what they have rights on
 * @param to what they are to have the same rights on
 */
record InnoDbGrants(DSLContext dsl, InnoDbRelation from, InnoDbRelation to) {
    private static final String WHERE = " where table_schema = {0} and table_name = {1} and grantee <> "
            + InnoDbRights.USER + " and (privilege_type <> 'USAGE' or is_grantable = 'YES')";

    static final String GRANTS = "select grantee, privilege_type, is_grantable = 'YES', null as column_name"
            + " from information_schema.table_privileges" + WHERE
            + " union all select grantee, privilege_type, is_grantable = 'YES', column_name"
            + " from information_schema.column_privileges" + WHERE
            + " order by 1, 4, 2";

    /** A right. */
    private record Grant(
            String grantee,
            String privilege,
            boolean isGrantable,
            @Nullable String column) {
        String text() {
            return privilege + (column == null ? "" : " (" + InnoDbRelation.quoted(column) + ")");
        }
    }

    List<String> statements() {
        List<Grant> missing = new ArrayList<>(grants(from));
        missing.removeAll(grants(to));
        Map<String, List<Grant>> byGrantee = missing.stream()
                .collect(Collectors.groupingBy(Grant::grantee, LinkedHashMap::new, Collectors.toList()));
        List<String> statements = new ArrayList<>();
        byGrantee.forEach((grantee, all) -> statements.add("grant "
                + all.stream().map(Grant::text).collect(Collectors.joining(", "))
                + " on " + to.path() + " to " + account(grantee)
                + (all.stream().anyMatch(Grant::isGrantable) ? " with grant option" : "")));
        return statements;
    }

    private List<Grant> grants(InnoDbRelation on) {
        return dsl.fetch(GRANTS, DSL.val(on.schema()), DSL.val(on.name()))
                .map(row -> new Grant(
                        row.get(0, String.class),
                        row.get(1, String.class),
                        row.get(2, boolean.class),
                        row.get(3, String.class)));
    }

    /** The catalog writes quotes around both parts, and doubles none within. A role has no host. */
    private static String account(String grantee) {
        int host = grantee.lastIndexOf("'@'");
        String name = grantee.substring(1, host);
        String place = grantee.substring(host + 3, grantee.length() - 1);
        if (place.isEmpty()) {
            return "PUBLIC".equals(name) ? "public" : InnoDbTriggerBody.literal(name);
        }
        return InnoDbTriggerBody.literal(name) + "@" + InnoDbTriggerBody.literal(place);
    }
}
