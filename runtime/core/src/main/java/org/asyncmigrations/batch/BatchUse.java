package org.asyncmigrations.batch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.asyncmigrations.session.RowTally;
import org.jooq.Condition;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteType;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * Observes what {@code migrate()} does with its batch: whether it asks for the rows, and whether a statement reports more rows than
 * the batch has. It parses no SQL: a statement of jOOQ's builder knows its table, a plain-text one doesn't. Used by one thread.
 */
final class BatchUse {
    private static final Pattern CHANGE =
            Pattern.compile("\\s*(?:update|delete|merge|replace)\\b", Pattern.CASE_INSENSITIVE);

    private final KeySpace space;
    private final Allowance allowance;
    private boolean asked;
    private boolean changes;
    private boolean rowsInStatement;
    private boolean rowsInSubquery;
    private @Nullable BatchOverrun overrun;

    /**
     * What a batch's statements may report without being examined.
     *
     * @param rows how many rows a statement on the walked table may report
     * @param isTextTrusted whether statements that don't name their table have been examined before
     */
    record Allowance(long rows, boolean isTextTrusted) {
        /** Checks only whether the rows are asked for. */
        static final Allowance ANY = new Allowance(Long.MAX_VALUE, true);

        /** {@return the allowance after a statement has turned out to be right} */
        Allowance after(BatchOverrun innocent) {
            return innocent.isOfTheTable()
                    ? new Allowance(Math.max(rows, innocent.rows()), isTextTrusted)
                    : new Allowance(rows, true);
        }
    }

    BatchUse(KeySpace space, Allowance allowance) {
        this.space = space;
        this.allowance = allowance;
    }

    /** Notes that the rows were asked for. */
    void asks() {
        asked = true;
    }

    /** {@return whether no statement so far depends on the rows or changes anything} */
    boolean isFresh() {
        return !asked && !changes;
    }

    /** {@return the condition, which notes when it is rendered into a statement} */
    Condition noting(Condition rows) {
        return CustomCondition.of(context -> {
            rowsInStatement = true;
            rowsInSubquery |= context.subqueryLevel() > 0;
            context.visit(rows);
        });
    }

    /** Observes a statement that has ended. */
    void ended(ExecuteContext context) {
        ExecuteType type = context.type();
        changes |= type == ExecuteType.WRITE || type == ExecuteType.BATCH || type == ExecuteType.ROUTINE;
        if (context.batchMode() == ExecuteContext.BatchMode.NONE) {
            look(context.query(), context.rows());
        } else {
            Query[] queries = context.batchQueries();
            int[] rows = context.batchRows();
            for (int i = 0; i < rows.length; i++) {
                look(queries.length == 0 ? null : queries[Math.min(i, queries.length - 1)], rows[i]);
            }
        }
        rowsInStatement = false;
        rowsInSubquery = false;
    }

    /** Observes the text of a statement, which may have been sent without jOOQ. */
    void sends(String sql) {
        changes |= CHANGE.matcher(sql).lookingAt();
    }

    private void look(@Nullable Query query, int rows) {
        if (overrun != null || rows <= allowance.rows() || query instanceof QOM.Insert<?>) {
            return;
        }
        Table<?> target = target(query);
        if (target == null) {
            // Its count may include rows of other tables. It's suspect only if it doesn't contain the batch's rows.
            overrun = rowsInStatement || allowance.isTextTrusted() ? null : new BatchOverrun(rows, false);
        } else if (isWalked(target) && !rowsInSubquery) {
            overrun = new BatchOverrun(rows, true);
        }
    }

    /** {@return the one table that a statement changes, null if unknown} */
    private static @Nullable Table<?> target(@Nullable Query query) {
        Table<?> table = null;
        if (query instanceof QOM.Update<?> update && update.$from().isEmpty()) {
            table = update.$table();
        } else if (query instanceof QOM.Delete<?> delete && delete.$using().isEmpty()) {
            table = delete.$from();
        }
        if (table instanceof QOM.TableAlias<?> alias) {
            table = alias.$table();
        }
        return table instanceof QOM.JoinTable<?, ?> ? null : table;
    }

    private boolean isWalked(Table<?> table) {
        return table.equals(space.table()) || plainName(table).equals(plainName(space.table()));
    }

    /** {@return the number of rows that {@code migrate()} has changed} */
    RowCount count(RowTally tally, long claimed) {
        // The name in the code and the name in the database, since jOOQ may be configured to map names.
        Set<String> names = Set.copyOf(
                List.of(plainName(space.table()), space.shape().name().toLowerCase(Locale.ROOT)));
        return RowCount.of(tally, names, claimed);
    }

    /** Whether a table is the walked one. The names of plain tables also match if one of them lacks the schema. */
    boolean mayBeWalked(Table<?> table) {
        String name = "." + fullName(table);
        String walked = "." + fullName(space.table());
        return table.equals(space.table())
                || RowReader.isPlain(table) && (name.endsWith(walked) || walked.endsWith(name));
    }

    private static String fullName(Table<?> table) {
        return table.getQualifiedName().toString().toLowerCase(Locale.ROOT).replaceAll("[\"`]", "");
    }

    /** The name without its schema, since only one of the two may have one. */
    private static String plainName(Table<?> table) {
        String name = table.getName().toLowerCase(Locale.ROOT).replaceAll("[\"`]", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Refuses code that never asks for its rows, and throws a {@link BatchOverrun} if a statement reported too many. */
    void require(Object migration) {
        if (changes && !asked) {
            throw ForgottenBatchException.neverAsked(migration);
        }
        if (overrun != null) {
            throw overrun;
        }
    }
}
