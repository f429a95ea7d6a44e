package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.guard.Catalog.Column;
import org.asyncmigrations.guard.Catalog.Relation;

/** Writes the queries that tell on the live database whether its rows fit what a statement asks of them. */
final class RowFit {
    private static final Pattern LENGTH = Pattern.compile("(?:character varying|character)\\((\\d+)\\)");

    private static final String OF_UNIQUE_INDEX = """
            select
              (select 'select ' || k.keys || ', count(*) from ' || i.indrelid::regclass || ' where '
                        || coalesce(pg_get_expr(i.indpred, i.indrelid) || ' and ', '') || k.present
                        || ' group by ' || k.keys || ' having count(*) > 1'
                 from (select string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' order by n) as keys,
                              string_agg(pg_get_indexdef(i.indexrelid, n, true) || ' is not null', ' and ' order by n) as present
                       from generate_series(1, i.indnkeyatts) as n) as k)
            from pg_index i where i.indisunique and i.indexrelid = %d""";

    private static final String OF_CONSTRAINT = """
            select
              case
                when c.contype = 'c' then
                  'select count(*) from ' || c.conrelid::regclass || ' where not (' || pg_get_expr(c.conbin, c.conrelid) || ')'
                else
                  (select 'select count(*) from ' || c.conrelid::regclass || ' a where '
                          || string_agg('a.' || quote_ident(a.attname) || ' is not null', ' and ' order by k.n)
                          || ' and not exists (select 1 from ' || c.confrelid::regclass || ' b where '
                          || string_agg('b.' || quote_ident(b.attname) || ' = a.' || quote_ident(a.attname), ' and ' order by k.n)
                          || ')'
                   from unnest(c.conkey, c.confkey) with ordinality as k (ours, theirs, n)
                   join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.ours
                   join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.theirs)
              end
            from pg_constraint c where c.oid = %d""";

    private final Connection connection;
    private final Set<String> queries = new LinkedHashSet<>();

    private RowFit(Connection connection) {
        this.connection = connection;
    }

    /**
     * Compares two moments, of which the second is now.
     *
     * @param released the tables that have rows
     * @return a query for each new demand; no row, or a count of 0, says that all fit
     */
    static Set<String> queries(Connection connection, Catalog before, Catalog now, Catalog released)
            throws SQLException {
        RowFit fit = new RowFit(connection);
        before.relations().forEach((oid, old) -> {
            Relation relation = now.relations().get(oid);
            if (relation != null && relation.holdsRows() && released.relations().containsKey(oid)) {
                fit.columns(old, relation);
            }
        });
        // A change of type makes the constraints and indexes of its column anew, under their names.
        for (var constraint : now.constraints().entrySet()) {
            if (!before.constraints().containsKey(constraint.getKey())
                    && !isKnown(constraint.getValue(), before)
                    && released.relations().containsKey(constraint.getValue().table())) {
                fit.ask(OF_CONSTRAINT, constraint.getKey());
            }
        }
        for (var index : now.relations().entrySet()) {
            if (!before.relations().containsKey(index.getKey())
                    && !isKnown(index.getValue(), before)
                    && released.relations().containsKey(index.getValue().table())) {
                fit.ask(OF_UNIQUE_INDEX, index.getKey());
            }
        }
        return fit.queries;
    }

    private void ask(String sql, long oid) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Catalog.each(statement, sql.formatted(oid), row -> queries.add(row.getString(1)));
        }
    }

    private static boolean isKnown(Catalog.Constraint constraint, Catalog before) {
        return before.constraints().values().stream()
                .anyMatch(old -> old.table() == constraint.table() && old.name().equals(constraint.name()));
    }

    private static boolean isKnown(Relation index, Catalog before) {
        return before.relations().values().stream()
                .anyMatch(old -> old.table() == index.table() && old.name().equals(index.name()));
    }

    private void columns(Relation old, Relation now) {
        for (Map.Entry<Integer, Column> column : now.columns().entrySet()) {
            Column was = old.columns().get(column.getKey());
            if (was == null) {
                continue;
            } else if (column.getValue().notNull() && !was.notNull()) {
                queries.add("select count(*) from %s where %s is null".formatted(now.name(), was.name()));
            }
            if (!was.type().equals(column.getValue().type())) {
                type(old.name(), was, column.getValue().type()).ifPresent(queries::add);
            }
        }
    }

    private static Optional<String> type(String table, Column was, String type) {
        Matcher length = LENGTH.matcher(type);
        if (length.matches()) {
            return Optional.of("select count(*) from %s where length(%s::text) > %s"
                    .formatted(table, was.name(), length.group(1)));
        }
        String low = "select count(*) from %s where %s not between %s";
        return switch (type) {
            case "smallint" -> Optional.of(low.formatted(table, was.name(), "-32768 and 32767"));
            case "integer" ->
                was.type().equals("smallint")
                        ? Optional.empty()
                        : Optional.of(low.formatted(table, was.name(), "-2147483648 and 2147483647"));
            case "text", "bigint", "numeric", "double precision", "character varying" -> Optional.empty();
            default ->
                was.type().startsWith("character") || was.type().equals("text")
                        ? Optional.of("select count(%s::%s) from %s -- fails if a row does not fit"
                                .formatted(was.name(), type, table))
                        : Optional.empty();
        };
    }
}
