package org.asyncmigrations;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BatchMigration} is about to do, as far as that is known without doing it. No row is counted: numbers of rows are
 * estimates by the database's planner. Immutable and thread-safe.
 *
 * @param migration its version and class, as in messages
 * @param state its state
 * @param walk how the table is walked
 * @param size how much there is to do
 * @param pace how fast it goes
 * @param waitsFor the approval or the time that it waits for before it begins, in words; null for neither
 * @param independent whether it waits only for the migrations that it names, and never runs while another one works on its tables
 */
public record BackfillPlan(
        String migration,
        State state,
        Walk walk,
        Size size,
        Pace pace,
        @Nullable String waitsFor,
        boolean independent) {
    /** Lines shown of each of the two plans, so that both fit on one screen. */
    private static final int LINES = 12;

    /** Characters shown of a statement, since a condition may have any length. */
    private static final int CHARACTERS = 1_000;

    /**
     * How a table is walked.
     *
     * @param table the table
     * @param key the columns of the walk. If the key isn't unique, the primary key is appended; columns after unique ones are left
     *     out. With {@code desc} if the walk goes from the highest key to the lowest. Empty for a walk by position
     * @param index an index that fits the walk, null for none
     * @param usesIndex whether the planner also uses an index for the end of a batch, without sorting; false is normal for a small
     *     table, which is read as a whole
     * @param batchEnd the query that finds the end of a batch
     * @param batchRows the query for the rows of a batch, as {@link RowBatch#rows()} selects them
     */
    public record Walk(
            String table,
            List<String> key,
            @Nullable String index,
            boolean usesIndex,
            Statement batchEnd,
            Statement batchRows) {
        /**
         * Copies the list.
         *
         * @param table the table
         * @param key the columns that it is walked by
         * @param index an index that fits the walk
         * @param usesIndex whether the planner uses one
         * @param batchEnd the query that finds the end of a batch
         * @param batchRows the query for the rows of a batch
         */
        public Walk {
            key = List.copyOf(key);
        }
    }

    /**
     * A query, and the database's plan for it.
     *
     * @param sql the query, with sample values
     * @param plan the plan in the database's own words, in lines
     */
    public record Statement(String sql, String plan) {}

    /**
     * How much there is to do.
     *
     * @param rows the planner's estimate of the table's rows, 0 for unknown
     * @param pending the planner's estimate of the pending rows; null if it has no statistics for the condition
     * @param walked rows that the current pass has already walked
     */
    public record Size(long rows, @Nullable Long pending, long walked) {
        /** {@return the rows that are left in the current pass, 0 for none or unknown} */
        public long left() {
            return Math.max(0, rows - walked);
        }
    }

    /**
     * How fast it goes.
     *
     * @param batchRows rows of the first batch; once the migration has begun or was tried, of the next batch
     * @param batches batches of that size that are left in the current pass
     * @param time time that is left in the current pass; null if unknown
     * @param because how the time was estimated, or why it is unknown; for people
     */
    public record Pace(
            long batchRows, long batches, @Nullable Duration time, String because) {}

    /** {@return the plan for people, at most a screenful} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(migration + ", " + state.word() + (independent ? ", independent" : "")
                + (waitsFor == null ? "" : ", " + waitsFor) + "\n");
        line(text, "table", walk.table + ", " + rows());
        line(
                text,
                "key",
                walk.key.isEmpty() ? "none, by position" : "(" + String.join(", ", walk.key) + "), " + index());
        line(
                text,
                "batches",
                (pace.time == null ? "at most " : "about ") + number(pace.batches) + " of " + number(pace.batchRows)
                        + " rows");
        line(text, "time", pace.time == null ? pace.because : "about " + written(pace.time) + ": " + pace.because);
        statement(text, "end of a batch", walk.batchEnd);
        statement(text, "rows of a batch", walk.batchRows);
        return text.toString();
    }

    private String rows() {
        String rows = size.rows == 0 ? "empty or of unknown size" : "about " + number(size.rows) + " rows";
        String pending = size.pending == null ? "" : ", about " + number(size.pending) + " of them pending";
        return rows + pending + (size.walked == 0 ? "" : ", " + number(size.walked) + " walked in this pass");
    }

    private String index() {
        if (walk.index == null) {
            return "without an index, which is fine for a table this small";
        }
        return "by index " + walk.index + (walk.usesIndex ? "" : ", which the planner currently does not use");
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append(String.format(Locale.ROOT, "%-8s %s\n", what, value));
    }

    private static void statement(StringBuilder text, String what, Statement statement) {
        text.append(what).append("\n  ").append(shortened(statement.sql)).append('\n');
        List<String> lines = statement.plan.lines().toList();
        lines.stream()
                .limit(LINES)
                .forEach(line -> text.append("    ").append(line).append('\n'));
        if (lines.size() > LINES) {
            text.append("    … and ").append(lines.size() - LINES).append(" lines more\n");
        }
    }

    private static String shortened(String sql) {
        return sql.length() <= CHARACTERS ? sql : sql.substring(0, CHARACTERS) + "…";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /**
     * A duration as in messages, with no more digits than an estimate justifies.
     *
     * @param time a duration
     * @return such as {@code 350 ms}, {@code 45 s}, {@code 7 min}, {@code 3 h}
     */
    public static String written(Duration time) {
        if (time.toSeconds() < 1) {
            return time.toMillis() + " ms";
        }
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
