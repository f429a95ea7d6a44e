package org.asyncmigrations;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BatchMigration} is about to do, as far as that can be known without doing it. Nothing of the table is counted:
 * numbers of rows are what the database's planner expects. Immutable, and so safe for threads.
 *
 * @param migration its version and class, as messages name it
 * @param state where it stands
 * @param walk how the table is walked
 * @param size how much there is
 * @param pace how fast it goes
 * @param waitsFor what it waits for before it begins, an approval or a time, in words; null for neither
 * @param independent whether it waits for nothing but what it names, and never runs while another one works on its tables
 */
public record BackfillPlan(
        String migration,
        State state,
        Walk walk,
        Size size,
        Pace pace,
        @Nullable String waitsFor,
        boolean independent) {
    /** Lines of a plan that are shown: a screen has room for both. */
    private static final int LINES = 12;

    /** Characters of a statement that are shown; a condition may be of any length. */
    private static final int CHARACTERS = 1_000;

    /**
     * How a table is walked.
     *
     * @param table the table
     * @param key the columns that it is walked by: those of the primary key are appended to columns that are not unique, and
     *     what follows unique ones is left out; each with {@code desc} if it is walked from the highest to the lowest; none
     *     if the table is walked by position
     * @param index the index that the walk can be read from, null for none
     * @param usesIndex whether the planner, too, reads the end of a batch from an index and sorts nothing; of a small table it
     *     rightly reads all
     * @param batchEnd the query that finds the end of a batch
     * @param batchRows the query for the rows of a batch, as {@link RowBatch#rows()} gives them
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
         * @param index the index that the walk can be read from
         * @param usesIndex whether the planner uses one
         * @param batchEnd the query that finds the end of a batch
         * @param batchRows the query for the rows of a batch
         */
        public Walk {
            key = List.copyOf(key);
        }
    }

    /**
     * A query and what the database's planner makes of it.
     *
     * @param sql the query, with sample values
     * @param plan the plan in the database's own words, in lines
     */
    public record Statement(String sql, String plan) {}

    /**
     * How much there is to do.
     *
     * @param rows rows of the table as the planner estimates them, 0 for unknown
     * @param pending rows that are pending as the planner estimates them; null where it has no statistics of the condition
     * @param walked rows that the current pass of the walk has behind it
     */
    public record Size(long rows, @Nullable Long pending, long walked) {
        /** {@return the rows that the current pass still has before it, 0 for none or unknown} */
        public long left() {
            return Math.max(0, rows - walked);
        }
    }

    /**
     * How fast it goes.
     *
     * @param batchRows rows of a batch: those of the first, or, once it has begun or been tried, those of the next
     * @param batches batches that the current pass still takes with such ones
     * @param time how long the current pass still takes; null where nothing is known of that
     * @param because what the time rests on, or why there is none; for people
     */
    public record Pace(
            long batchRows, long batches, @Nullable Duration time, String because) {}

    /** {@return a screenful for people} */
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
            return "by no index, which does no harm in a table as small as this";
        }
        return "by index " + walk.index + (walk.usesIndex ? "" : ", which the planner does not use at present");
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
     * A length of time as messages write it, with no more digits than an estimate can hold.
     *
     * @param time a length of time
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
