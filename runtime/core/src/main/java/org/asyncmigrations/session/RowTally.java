package org.asyncmigrations.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jooq.ExecuteContext;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the user's statements have changed, by table, as the database has counted them. What was rolled back to a savepoint
 * is not in it. Costs no round trip. Used by one thread.
 *
 * <p>MariaDB and MySQL count the rows that a statement has found, or, if the driver is set to {@code useAffectedRows=true}, those
 * whose values are others now.
 */
public final class RowTally {
    private Map<String, Sum> sums = new HashMap<>();

    private final boolean mySql;

    RowTally(boolean mySql) {
        this.mySql = mySql;
    }

    /**
     * Rows of one table or several.
     *
     * @param rows how many have been counted
     * @param largest the largest count of one statement, or of one JDBC batch: several may have changed the same rows
     * @param isAll whether the database has counted all that were changed
     */
    public record Sum(long rows, long largest, boolean isAll) {
        private Sum plus(Sum other) {
            return new Sum(rows + other.rows, Math.max(largest, other.largest), isAll && other.isAll);
        }

        private Sum asOneSince(@Nullable Sum before) {
            return before == null
                    ? new Sum(rows, rows, isAll)
                    : new Sum(rows, Math.max(before.largest, rows - before.rows), isAll);
        }
    }

    /**
     * The rows of some tables.
     *
     * @param tables chooses by a table's name, in lower case and without schema; empty for statements that don't tell their table
     * @return their sum, null if no statement was of one of them
     */
    public @Nullable Sum of(Predicate<String> tables) {
        return sums.entrySet().stream()
                .filter(sum -> tables.test(sum.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Sum::plus)
                .orElse(null);
    }

    /** {@return the rows of all tables, null if no statement may have changed one} */
    public @Nullable Sum all() {
        return of(table -> true);
    }

    /**
     * The sums of the single tables.
     *
     * @return what was counted for each of them
     */
    public Stream<Sum> each() {
        return sums.values().stream();
    }

    /**
     * Adds what was written without the user's statements.
     *
     * @param table the table's name
     * @param rows how many rows
     */
    public void add(String table, long rows) {
        long counted = Math.max(0, rows);
        sums.merge(ChangeText.plain(table), new Sum(counted, counted, rows >= 0), Sum::plus);
    }

    /** Adds what a driver has returned; a negative number says that it doesn't know. */
    void ended(String sql, long rows) {
        ChangeText text = ChangeText.of(sql, mySql);
        switch (text.kind()) {
            case NONE -> {}
            case ROWS -> add(text.table(), rows);
            case UNKNOWN -> add("", -1);
            case UNDONE -> {
                add("", -1);
                sums.replaceAll((table, sum) -> new Sum(sum.rows(), sum.largest(), false));
            }
        }
    }

    /**
     * Adds what a statement of jOOQ's has changed; one that has failed has changed nothing.
     *
     * @param isSent whether it has been sent, and not kept for a batch ({@code dsl.batched(…)})
     */
    void ended(ExecuteContext context, boolean isSent) {
        String sql = context.sql();
        // What jOOQ sends as a JDBC batch is counted there: jOOQ keeps the first row's count only.
        if (sql != null && context.exception() == null && context.batchMode() == ExecuteContext.BatchMode.NONE) {
            ended(sql, isSent ? rows(context) : -1);
        }
    }

    /** A statement that returns the rows that it has changed has no other count than those. */
    private static long rows(ExecuteContext context) {
        var returned = context.result();
        return context.rows() < 0 && returned != null ? returned.size() : context.rows();
    }

    /** Takes all that was counted since for one statement. */
    void asOne(Map<String, Sum> mark) {
        sums.replaceAll((table, sum) -> sum.asOneSince(mark.get(table)));
    }

    /** {@return what has been counted so far, to be gone {@link #back} to} */
    Map<String, Sum> mark() {
        return Map.copyOf(sums);
    }

    /** Forgets what was counted since: it was rolled back. */
    void back(Map<String, Sum> mark) {
        sums = new HashMap<>(mark);
    }
}
