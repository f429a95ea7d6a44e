package org.asyncmigrations.schema;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.asyncmigrations.product.InnoDb;
import org.asyncmigrations.product.MariaDb;

/**
 * Statements as MariaDB and MySQL are sent them: each waits for its lock for one second, the shortest time that the servers know. That is
 * the longest time that others queue behind it. Immutable.
 *
 * @param product which of the two
 */
record InnoDbStatements(InnoDb product) {
    static final String INSTANT = ", algorithm=instant";
    static final String INPLACE = ", algorithm=inplace, lock=none";
    /** MariaDB's: in place, and without a new copy of the table. */
    static final String NOCOPY = ", algorithm=nocopy, lock=none";

    /** MariaDB's from 11.2 on: a new copy of the table, which is kept in step meanwhile. */
    static final String COPY = ", algorithm=copy, lock=none";

    SchemaStatement alter(SchemaText text, String what, String... endings) {
        return alter(text, what, List.of(endings), Map.of());
    }

    SchemaStatement alter(SchemaText text, String what, List<String> endings, Map<String, String> settings) {
        return with("alter table " + text.table() + " " + what, endings, settings);
    }

    /** {@return a statement that has no algorithm} */
    SchemaStatement alone(String sql, Map<String, String> settings) {
        return with(sql, List.of(""), settings);
    }

    private SchemaStatement with(String sql, List<String> endings, Map<String, String> settings) {
        boolean isMariaDb = product instanceof MariaDb;
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent("lock_wait_timeout", "1");
        if (isMariaDb) {
            all.put("max_statement_time", "0");
        }
        String set = all.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", ", "set statement ", " for "));
        return isMariaDb
                ? new SchemaStatement(SchemaStatement.Way.ALONE, set + sql, endings, Map.of())
                : new SchemaStatement(SchemaStatement.Way.ALONE, sql, endings, all);
    }
}
