package org.asyncmigrations.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.batch.RangeSplitter;
import org.asyncmigrations.batch.RangeSplitter.Stretch;
import org.asyncmigrations.dispatch.Rehearsal;
import org.asyncmigrations.session.UserWork;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Checks that {@code pending()} and {@code migrate()} mean the same rows, by what {@code migrate()} does to the rows that
 * {@code pending()} leaves out. Most migrations would change some of these rows, rightly left out: a delete would delete them. So a
 * row counts only if the change makes it pending, or if it is left out only because of a gap in {@code pending()}. Each row is
 * changed on its own, and rolled back.
 */
final class LeftOut {
    /** The most rows to check, since each takes some statements. */
    private static final int ROWS = 300;

    /** Pending rows whose values are tried in the rows that are left out. */
    private static final int EXAMPLES = 8;

    private final Subject subject;
    private final UserWork work;
    private final RangeSplitter stretches;
    private final List<Change> examples = new ArrayList<>();

    private LeftOut(Subject subject, UserWork work, RangeSplitter stretches) {
        this.subject = subject;
        this.work = work;
        this.stretches = stretches;
    }

    /**
     * What {@code migrate()} does to one row.
     *
     * @param row the row
     * @param before its values before
     * @param after its values after
     * @param columns the columns that migrate() has changed
     * @param wasPending the value of {@code pending()} before, null for NULL
     * @param isPending the value of {@code pending()} after
     */
    private record Change(
            Stretch row,
            Record before,
            Record after,
            Set<String> columns,
            @Nullable Boolean wasPending,
            @Nullable Boolean isPending) {}

    /** {@return what is wrong, for people; null if nothing is} */
    static @Nullable String finding(Subject subject) throws Exception {
        return finding(subject, true);
    }

    /** {@return what is wrong if pending() is the opposite of what it should be; null if nothing is} */
    static @Nullable String opposite(Subject subject) throws Exception {
        return finding(subject, false);
    }

    private static @Nullable String finding(Subject subject, boolean gaps) throws Exception {
        subject.reset();
        Rehearsal rehearsal = subject.rehearsal();
        BatchMigration migration = (BatchMigration) rehearsal.create(subject.entry());
        @Nullable String[] found = new String[1];
        rehearsal.play(subject.entry(), work -> {
            RangeSplitter stretches = RangeSplitter.of(migration, work);
            if (stretches.hasPending() && subject.entry().transactional()) {
                found[0] = new LeftOut(subject, work, stretches).finding(gaps);
            }
        });
        return found[0];
    }

    private @Nullable String finding(boolean gaps) throws Exception {
        List<Change> others = new ArrayList<>();
        for (Stretch row : stretches.first(work.own(), 1, ROWS)) {
            Boolean pending = stretches.isPending(work.own(), row);
            boolean isExample = Boolean.TRUE.equals(pending);
            if (isExample && examples.size() >= EXAMPLES) {
                continue;
            }
            Change change = change(row, pending);
            if (change != null) {
                (isExample ? examples : others).add(change);
            }
        }
        for (Change other : others) {
            String wrong = Boolean.TRUE.equals(other.isPending()) ? opposite(other) : gaps ? gap(other) : null;
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    /** {@return what happens to a row; null if it stays as it is, is deleted, or the code fails on it, which is allowed} */
    private @Nullable Change change(Stretch row, @Nullable Boolean pending) throws Exception {
        return undone(() -> {
            Record before = read(row);
            if (Boolean.TRUE.equals(pending)) {
                stretches.change(work, row);
            } else {
                stretches.changeOthers(work, row);
            }
            Record after = before == null ? null : read(row);
            if (before == null || after == null) {
                return null;
            }
            Set<String> columns = changed(before, after);
            return columns.isEmpty()
                    ? null
                    : new Change(row, before, after, columns, pending, stretches.isPending(work.own(), row));
        });
    }

    private Set<String> changed(Record before, Record after) {
        Set<String> changed = new TreeSet<>();
        for (Field<?> field : before.fields()) {
            String column = field.getName();
            if (!subject.isOfTheDatabase(stretches.table().getName(), column) && !isEqual(before, after, column)) {
                changed.add(column);
            }
        }
        return changed;
    }

    private @Nullable Record read(Stretch row) {
        return work.own()
                .select(DSL.asterisk())
                .from(stretches.table())
                .where(stretches.rows(row))
                .fetchAny();
    }

    /** Reads something; changes are rolled back afterwards. */
    @FunctionalInterface
    private interface Look<T> {
        @Nullable
        T look() throws Exception;
    }

    private <T> @Nullable T undone(Look<T> look) throws Exception {
        List<@Nullable T> seen = new ArrayList<>();
        try {
            work.inSavepoint(() -> {
                seen.add(look.look());
                throw new Undone();
            });
        } catch (Undone asWanted) {
            return seen.get(0);
        } catch (Exception notForSuchRows) {
            return null;
        }
        return null;
    }

    private static final class Undone extends Exception {
        private static final long serialVersionUID = 1L;

        Undone() {
            super("undone", null, false, false);
        }
    }

    private String opposite(Change row) {
        return words(row, "matches it once it is changed")
                + "pending() is the opposite of what it should be: it must match the rows to change, and no longer"
                + " match them once they are changed";
    }

    private @Nullable String gap(Change row) throws Exception {
        if (row.wasPending() == null && fillsNulls(row) && isPendingUnlessNull(row)) {
            return words(row, "is NULL for it")
                    + "pending() forgets NULL: a comparison with NULL is neither true nor false, so a run never changes"
                    + " this row; use isDistinctFrom(…), or add .or(column.isNull())"
                    + escape();
        }
        if (isHalfDone(row) && isPendingAsOthers(row)) {
            return words(row, "does not match it")
                    + "pending() misses part of what migrate() sets: one column of this row is already set, and another"
                    + " is missing; match each row in which any part is missing (a is null or b is null)"
                    + escape();
        }
        return null;
    }

    private String escape() {
        return ". If the row should stay as it is, call mayLeaveRowsOut("
                + subject.entry().version() + "L)";
    }

    private String words(Change row, String pending) {
        String key = subject.bench().schema().tables().stream()
                .filter(table -> table.name().equalsIgnoreCase(stretches.table().getName()))
                .flatMap(table -> table.key().stream())
                .map(column -> column + " = " + row.before().get(column))
                .collect(Collectors.joining(", "));
        String changes = row.columns().stream()
                .map(column -> column + " from " + Difference.quoted(text(row.before(), column)) + " to "
                        + Difference.quoted(text(row.after(), column)))
                .collect(Collectors.joining(", "));
        return subject.entry() + ": pending() leaves out a row that migrate() would change\n  "
                + stretches.table().getName() + " (" + key + "): " + changes + "; pending() " + pending + "\n";
    }

    private static @Nullable String text(Record row, String column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static boolean fillsNulls(Change row) {
        return row.columns().stream().allMatch(column -> row.before().get(column) == null);
    }

    /**
     * Whether one part is done and another missing: each missing column is NULL or as in all pending rows, and another has a value
     * that migrate() computes for this row.
     */
    private boolean isHalfDone(Change row) {
        return row.columns().stream().allMatch(column -> row.before().get(column) == null || isOfPending(row, column))
                && written().stream().anyMatch(column -> !row.columns().contains(column) && isDone(row, column));
    }

    private boolean isOfPending(Change row, String column) {
        return examples.stream().allMatch(example -> isEqual(example.before(), row.before(), column));
    }

    private boolean isDone(Change row, String column) {
        return row.before().get(column) != null
                && examples.stream().noneMatch(example -> isEqual(example.before(), row.before(), column))
                && examples.stream()
                                .map(example -> example.after().get(column))
                                .distinct()
                                .count()
                        > 1;
    }

    private static boolean isEqual(Record one, Record other, String column) {
        return Objects.deepEquals(one.get(column), other.get(column));
    }

    /** {@return the columns that migrate() writes} */
    private Set<String> written() {
        return examples.stream().flatMap(example -> example.columns().stream()).collect(Collectors.toSet());
    }

    /** {@return whether the row would be pending with a pending row's values in the written columns; if not, other columns leave it out} */
    private boolean isPendingAsOthers(Change row) throws Exception {
        Set<String> written = written();
        written.addAll(row.columns());
        for (Change example : examples) {
            Map<Field<?>, @Nullable Object> values = new LinkedHashMap<>();
            written.forEach(
                    column -> values.put(field(row, column), example.before().get(column)));
            if (isPendingWith(row, values)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the row is left out only because a column is NULL: with any other value there, it would be pending} */
    private boolean isPendingUnlessNull(Change row) throws Exception {
        for (String column : row.columns()) {
            List<Object> values = someOf(row.after().get(column));
            boolean pending = !values.isEmpty();
            for (Object value : values) {
                pending = pending && isPendingWith(row, Map.of(field(row, column), value));
            }
            if (pending) {
                return true;
            }
        }
        return false;
    }

    /** {@return values below and above the usual ones, so that a condition for one value or one side isn't mistaken for a gap} */
    private static List<Object> someOf(@Nullable Object done) {
        if (done instanceof Boolean yes) {
            return List.of(!yes);
        }
        if (done instanceof Number) {
            return List.of(-999, 9_999);
        }
        return done instanceof String ? List.of("!", "zz") : List.of();
    }

    private static Field<?> field(Change row, String column) {
        return DSL.field(
                DSL.name(column),
                Objects.requireNonNull(row.before().field(column)).getDataType());
    }

    private boolean isPendingWith(Change row, Map<Field<?>, ? extends @Nullable Object> values) throws Exception {
        return Boolean.TRUE.equals(undone(() -> {
            work.own()
                    .update(stretches.table())
                    .set(values)
                    .where(stretches.rows(row.row()))
                    .execute();
            return stretches.isPending(work.own(), row.row());
        }));
    }
}
