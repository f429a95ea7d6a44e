package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a schema of MariaDB demands of its rows, as queries that find those that don't fit.
 *
 * @param types the type of each column
 * @param demands the columns that each query needs
 */
record MariaDbRowFit(Map<Column, String> types, Map<String, List<Column>> demands) {
    private static final String COLUMNS = "select table_name, column_name, column_type, is_nullable"
            + " from information_schema.columns where table_schema = database() order by 1, ordinal_position";

    private static final String UNIQUE = "select table_name, index_name, column_name from information_schema.statistics"
            + " where table_schema = database() and non_unique = 0 order by 1, 2, seq_in_index";

    private static final String FOREIGN =
            "select table_name, constraint_name, column_name, referenced_table_name, referenced_column_name"
                    + " from information_schema.key_column_usage where table_schema = database()"
                    + " and referenced_table_name is not null order by 1, 2, ordinal_position";

    private static final String CHECKS = "select table_name, check_clause from information_schema.check_constraints"
            + " where constraint_schema = database() order by 1, constraint_name";

    private static final Pattern LENGTH = Pattern.compile("(?:var)?char\\((\\d+)\\)");

    /** A column, in the spelling of the schema. */
    record Column(String table, String name) {
        String quoted() {
            return "`" + name + "`";
        }
    }

    /** The columns of a constraint, and those that they refer to. */
    private record Key(List<Column> columns, List<Column> referenced) {
        Key() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    static MariaDbRowFit read(Connection connection) throws SQLException {
        Map<Column, String> types = new LinkedHashMap<>();
        Map<String, List<Column>> demands = new LinkedHashMap<>();
        Map<String, Key> unique = new LinkedHashMap<>();
        Map<String, Key> foreign = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            Catalog.each(statement, COLUMNS, row -> {
                Column column = new Column(row.getString(1), row.getString(2));
                types.put(column, row.getString(3));
                if (row.getString(4).equals("NO")) {
                    demands.put(count(column) + column.quoted() + " is null", List.of(column));
                }
            });
            Catalog.each(statement, UNIQUE, row -> {
                Key key = unique.computeIfAbsent(row.getString(1) + "." + row.getString(2), name -> new Key());
                key.columns().add(new Column(row.getString(1), row.getString(3)));
            });
            Catalog.each(statement, FOREIGN, row -> {
                Key key = foreign.computeIfAbsent(row.getString(1) + "." + row.getString(2), name -> new Key());
                key.columns().add(new Column(row.getString(1), row.getString(3)));
                key.referenced().add(new Column(row.getString(4), row.getString(5)));
            });
            Catalog.each(
                    statement,
                    CHECKS,
                    row -> demands.put(
                            count(new Column(row.getString(1), "")) + "not (" + row.getString(2) + ")", List.of()));
        }
        unique.values().forEach(key -> demands.put(duplicates(key.columns()), key.columns()));
        foreign.values().forEach(key -> demands.put(orphans(key), key.columns()));
        return new MariaDbRowFit(types, demands);
    }

    private static String count(Column column) {
        return "select count(*) from `" + column.table() + "` where ";
    }

    private static String duplicates(List<Column> columns) {
        String all = columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
        String present =
                columns.stream().map(column -> column.quoted() + " is not null").collect(Collectors.joining(" and "));
        return "select " + all + ", count(*) from `" + columns.get(0).table() + "` where " + present + " group by "
                + all + " having count(*) > 1";
    }

    private static String orphans(Key key) {
        List<String> present = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String ours = "a." + key.columns().get(i).quoted();
            present.add(ours + " is not null");
            same.add("b." + key.referenced().get(i).quoted() + " = " + ours);
        }
        return "select count(*) from `" + key.columns().get(0).table() + "` a where " + String.join(" and ", present)
                + " and not exists (select 1 from `" + key.referenced().get(0).table() + "` b where "
                + String.join(" and ", same) + ")";
    }

    /**
     * A query for each demand that is new. Columns that were not there before are left out, since old rows have nothing in them.
     *
     * @param now a later moment
     * @param table the table that was changed
     */
    List<String> newIn(MariaDbRowFit now, String table) {
        List<String> queries = new ArrayList<>();
        now.demands.forEach((query, columns) -> {
            boolean isOfTable = query.toLowerCase(Locale.ROOT).contains(" from `" + table + "` ");
            if (isOfTable && !demands.containsKey(query) && types.keySet().containsAll(columns)) {
                queries.add(query);
            }
        });
        now.types.forEach((column, type) -> {
            String old = types.get(column);
            if (old != null && column.table().equalsIgnoreCase(table)) {
                narrower(column, old, type).ifPresent(queries::add);
            }
        });
        return queries;
    }

    private static Optional<String> narrower(Column column, String old, String type) {
        Matcher length = LENGTH.matcher(type);
        if (length.matches()) {
            long most = Long.parseLong(length.group(1));
            Matcher before = LENGTH.matcher(old);
            boolean isNarrower = !before.matches() || Long.parseLong(before.group(1)) > most;
            return isNarrower
                    ? Optional.of(count(column) + "char_length(" + column.quoted() + ") > " + most)
                    : Optional.empty();
        }
        Range range = Range.of(type);
        return range == null || range.contains(Range.of(old))
                ? Optional.empty()
                : Optional.of(count(column) + column.quoted() + " not between " + range.low() + " and " + range.high());
    }

    /** The values of an integer type. */
    private record Range(long low, long high) {
        private static final Pattern INTEGER = Pattern.compile("(tiny|small|medium|)int\\(\\d+\\)( unsigned)?.*");
        private static final Map<String, Integer> BITS = Map.of("tiny", 8, "small", 16, "medium", 24, "", 32);

        /** {@return null for a type that holds any integer, or none} */
        static @Nullable Range of(String type) {
            Matcher integer = INTEGER.matcher(type);
            if (!integer.matches()) {
                return null;
            }
            long values = 1L << BITS.get(integer.group(1));
            return integer.group(2) == null ? new Range(-values / 2, values / 2 - 1) : new Range(0, values - 1);
        }

        boolean contains(@Nullable Range other) {
            return other != null && low <= other.low && other.high <= high;
        }
    }
}
