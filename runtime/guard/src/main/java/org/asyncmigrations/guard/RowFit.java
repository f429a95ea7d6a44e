package org.asyncmigrations.guard;

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

    private RowFit() {}

    /**
     * Compares two moments.
     *
     * @param released the tables that have rows
     * @return a query for each new demand; no row, or a count of 0, says that all fit
     */
    static Set<String> queries(Catalog before, Catalog after, Catalog released) {
        Set<String> queries = new LinkedHashSet<>();
        before.relations().forEach((oid, old) -> {
            Relation now = after.relations().get(oid);
            if (now != null && now.holdsRows() && released.relations().containsKey(oid)) {
                columns(old, now, queries);
            }
        });
        after.constraints().forEach((oid, constraint) -> {
            // A change of type makes the constraints and indexes of its column anew, under their names.
            if (!before.constraints().containsKey(oid)
                    && !isKnown(constraint, before)
                    && released.relations().containsKey(constraint.table())) {
                constraint.misfits().ifPresent(queries::add);
            }
        });
        after.relations().forEach((oid, index) -> {
            if (!before.relations().containsKey(oid)
                    && !isKnown(index, before)
                    && released.relations().containsKey(index.table())) {
                index.misfits().ifPresent(queries::add);
            }
        });
        return queries;
    }

    private static boolean isKnown(Catalog.Constraint constraint, Catalog before) {
        return before.constraints().values().stream()
                .anyMatch(old -> old.table() == constraint.table() && old.name().equals(constraint.name()));
    }

    private static boolean isKnown(Relation index, Catalog before) {
        return before.relations().values().stream()
                .anyMatch(old -> old.table() == index.table() && old.name().equals(index.name()));
    }

    private static void columns(Relation old, Relation now, Set<String> queries) {
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
