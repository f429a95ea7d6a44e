package org.asyncmigrations.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jooq.ExecuteContext;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the user's statements have changed, by table, as counted by the database. Changes rolled back to a savepoint
 * aren't included. Costs no round trip. Used by one thread.
 *
 * <p>MariaDB and MySQL count the rows that a statement has found, or, with the driver's {@code useAffectedRows=true}, those
 * whose values have changed.
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
     * @param rows the number of counted rows
     * @param largest the largest count of one statement or one JDBC batch, since several may have changed the same rows
     * @param isAll whether the database has counted all changed rows
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
     * The rows of the chosen tables.
     *
     * @param tables chooses by a table's name, in lower case and without schema; the name is empty for statements with an unknown
     *     table
     * @return their sum, null if no statement changed one of them
     */
    public @Nullable Sum of(Predicate<String> tables) {
        return sums.entrySet().stream()
                .filter(sum -> tables.test(sum.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Sum::plus)
                .orElse(null);
    }

    /** {@return the rows of all tables, null if no statement may have changed any} */
    public @Nullable Sum all() {
        return of(table -> true);
    }

    /**
     * The sums of each table.
     *
     * @return one sum for each table
     */
    public Stream<Sum> each() {
        return sums.values().stream();
    }

    /**
     * Adds rows that were written without the user's statements.
     *
     * @param table the table's name
     * @param rows the number of rows
     */
    public void add(String table, long rows) {
        long counted = Math.max(0, rows);
        sums.merge(ChangeText.plain(table), new Sum(counted, counted, rows >= 0), Sum::plus);
    }

    /** Adds a driver's count; a negative number means unknown. */
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
     * Adds the count of a jOOQ statement. A failed one has changed nothing.
     *
     * @param isSent whether it was sent, and not kept for a batch ({@code dsl.batched(…)})
     */
    void ended(ExecuteContext context, boolean isSent) {
        String sql = context.sql();
        // JDBC batches are counted by the connection, since jOOQ keeps only the first row's count.
        if (sql != null && context.exception() == null && context.batchMode() == ExecuteContext.BatchMode.NONE) {
            ended(sql, isSent ? rows(context) : -1);
        }
    }

    /** The number of rows. A statement that returns its changed rows has no other count. */
    private static long rows(ExecuteContext context) {
        var returned = context.result();
        return context.rows() < 0 && returned != null ? returned.size() : context.rows();
    }

    /** Treats everything counted since a mark as one statement. */
    void asOne(Map<String, Sum> mark) {
        sums.replaceAll((table, sum) -> sum.asOneSince(mark.get(table)));
    }

    /** {@return a mark of the current counts, for {@link #back}} */
    Map<String, Sum> mark() {
        return Map.copyOf(sums);
    }

    /** Forgets what was counted since a mark, because it was rolled back. */
    void back(Map<String, Sum> mark) {
        sums = new HashMap<>(mark);
    }
}
