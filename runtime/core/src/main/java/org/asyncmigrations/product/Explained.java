package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Select;

/**
 * The planner's answer about a query that isn't run.
 *
 * @param sql the query, with its values
 * @param plan the plan, in lines
 * @param rows the rows that the planner expects, -1 for unknown
 * @param sortedByIndex whether its order comes from an index alone, without sorting
 */
public record Explained(String sql, String plan, long rows, boolean sortedByIndex) {
    /** For a number of rows that the planner doesn't estimate. */
    public static final long UNKNOWN = -1;

    private static final Pattern POSTGRES_ROWS = Pattern.compile("rows=(\\d+)");

    /** Only at the position of a node's name, since tables and columns may have the same names. */
    private static final Pattern POSTGRES_INDEXED = Pattern.compile("(?m)^\\s*(?:->\\s+)?Index ");

    private static final Pattern POSTGRES_UNSORTED =
            Pattern.compile("(?m)^\\s*(?:->\\s+)?(?:Parallel )?(?:Seq Scan|Bitmap|Sort|Incremental Sort)");

    /** The innermost comment: the one of an outer query contains the inner ones. */
    private static final Pattern H2_COMMENT = Pattern.compile("/\\*\\s*((?:(?!/\\*|\\*/).)*?)\\s*\\*/", Pattern.DOTALL);

    static Explained ofPostgres(DSLContext dsl, Select<?> query) {
        String sql = dsl.renderInlined(query);
        return ofPostgres(sql, ask(dsl, "explain " + sql));
    }

    static Explained ofInnoDb(DSLContext dsl, Select<?> query, String verb) {
        String sql = dsl.renderInlined(query);
        return ofInnoDb(sql, ask(dsl, verb + sql));
    }

    static Explained ofH2(DSLContext dsl, Select<?> query) {
        String sql = dsl.renderInlined(query);
        return ofH2(sql, ask(dsl, "explain " + sql));
    }

    /** Not through jOOQ's plain SQL, which would take question marks in users' operators for bind values. */
    private static List<Map<String, String>> ask(DSLContext dsl, String sql) {
        return dsl.connectionResult(connection -> ask(connection, sql));
    }

    private static List<Map<String, String>> ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                List<Map<String, String>> rows = new ArrayList<>();
                int width = result.getMetaData().getColumnCount();
                while (result.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 1; i <= width; i++) {
                        String value = result.getString(i);
                        row.put(
                                result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT),
                                value == null ? "" : value);
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }

    private static Explained ofPostgres(String sql, List<Map<String, String>> lines) {
        String plan = String.join(
                "\n",
                lines.stream().map(line -> line.values().iterator().next()).toList());
        Matcher rows = POSTGRES_ROWS.matcher(plan);
        boolean sorted = POSTGRES_INDEXED.matcher(plan).find()
                && !POSTGRES_UNSORTED.matcher(plan).find();
        return new Explained(sql, plan, rows.find() ? Long.parseLong(rows.group(1)) : UNKNOWN, sorted);
    }

    private static Explained ofInnoDb(String sql, List<Map<String, String>> rows) {
        List<String> lines = rows.stream().map(Explained::line).toList();
        // An outer query has its own line, for the table <derived2>.
        Map<String, String> table = rows.stream()
                .filter(row -> !row.get("table").startsWith("<"))
                .findFirst()
                .orElseThrow();
        boolean sorted = !table.get("key").isEmpty()
                && rows.stream().noneMatch(row -> row.get("extra").contains("filesort"));
        return new Explained(sql, String.join("\n", lines), expected(table), sorted);
    }

    private static String line(Map<String, String> row) {
        if (row.get("table").isEmpty()) {
            return row.get("extra");
        }
        StringBuilder line = new StringBuilder("table " + row.get("table") + ": ");
        line.append(row.get("type")).append(row.get("key").isEmpty() ? "" : " on " + row.get("key"));
        line.append(row.get("rows").isEmpty() ? "" : ", " + row.get("rows") + " rows");
        return line.append(row.get("extra").isEmpty() ? "" : ", " + row.get("extra"))
                .toString();
    }

    /** If all rows are read and none are filtered, there are no statistics for the condition; it doesn't mean that all rows match. */
    private static long expected(Map<String, String> row) {
        if (row.get("rows").isEmpty() || row.getOrDefault("filtered", "").isEmpty()) {
            return UNKNOWN;
        }
        double share = Double.parseDouble(row.get("filtered")) / 100;
        boolean scan = row.get("type").equals("ALL") || row.get("type").equals("index");
        return share == 1 && scan ? UNKNOWN : (long) (Long.parseLong(row.get("rows")) * share);
    }

    /** H2 writes its plan into the query, as comments. */
    private static Explained ofH2(String sql, List<Map<String, String>> rows) {
        String text = rows.get(0).values().iterator().next();
        String plan = String.join(
                "\n",
                H2_COMMENT
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1).replaceAll("\\s+", " "))
                        .toList());
        return new Explained(sql, plan, UNKNOWN, plan.lines().anyMatch("index sorted"::equals));
    }
}
