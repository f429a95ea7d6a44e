package org.asyncmigrations.testing;

import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A place where two contents differ.
 *
 * @param table the table
 * @param key the row
 * @param column the column, null if only one of them has the row
 * @param type the column's type, from {@link java.sql.Types}
 * @param found the value found, or whether the row was found
 * @param expected the expected value
 */
record Difference(
        String table,
        String key,
        @Nullable String column,
        int type,
        @Nullable String found,
        @Nullable String expected) {
    /** More differences would hide the point. */
    private static final int SHOWN = 3;

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** {@return all differences, in the order of tables and keys} */
    static List<Difference> between(Content found, Content expected) {
        List<Difference> all = new ArrayList<>();
        TreeSet<String> tables = new TreeSet<>(found.tables().keySet());
        tables.addAll(expected.tables().keySet());
        for (String table : tables) {
            Content.Rows none = new Content.Rows(List.of(), List.of(), Map.of());
            between(
                    table,
                    found.tables().getOrDefault(table, none),
                    expected.tables().getOrDefault(table, none),
                    all);
        }
        return all;
    }

    private static void between(String table, Content.Rows found, Content.Rows expected, List<Difference> all) {
        if (found.rows().equals(expected.rows())) {
            return;
        }
        TreeSet<String> keys = new TreeSet<>(Content.ORDER);
        keys.addAll(found.rows().keySet());
        keys.addAll(expected.rows().keySet());
        for (String key : keys) {
            List<@Nullable String> here = found.rows().get(key);
            List<@Nullable String> there = expected.rows().get(key);
            if (here == null || there == null) {
                all.add(new Difference(
                        table, key, null, 0, here == null ? null : "there", there == null ? null : "there"));
                continue;
            }
            for (int i = 0; i < here.size(); i++) {
                if (!Objects.equals(here.get(i), there.get(i))) {
                    all.add(new Difference(
                            table, key, found.columns().get(i), found.types().get(i), here.get(i), there.get(i)));
                }
            }
        }
    }

    /** {@return whether the values are times of today, judging by their type or their form} */
    boolean isOfTime() {
        return switch (type) {
            case Types.DATE, Types.TIME, Types.TIMESTAMP, Types.TIME_WITH_TIMEZONE, Types.TIMESTAMP_WITH_TIMEZONE ->
                true;
            default -> isTime(found) && isTime(expected);
        };
    }

    /** A date as text, or today as a number of seconds or milliseconds. */
    private static boolean isTime(@Nullable String value) {
        if (value == null || value.matches("\\d{4}-\\d\\d-\\d\\d.*")) {
            return value != null;
        }
        if (!value.matches("\\d{10,13}")) {
            return false;
        }
        long number = Long.parseLong(value);
        long now = System.currentTimeMillis();
        return Math.abs(number - now) < DAY || Math.abs(number * 1000 - now) < DAY;
    }

    /** {@return its name in {@code ignoring(…)}} */
    String name() {
        return column == null ? table : table + "." + column;
    }

    /**
     * Describes the differences for people.
     *
     * @param here what the first of two contents is, as in "after a second run"
     * @param there what the other one is
     */
    static String words(List<Difference> all, String here, String there) {
        StringBuilder words = new StringBuilder();
        all.stream().limit(SHOWN).forEach(difference -> words.append("\n  ").append(difference.words(here, there)));
        if (all.size() > SHOWN) {
            int more = all.size() - SHOWN;
            words.append("\n  and ").append(more).append(more == 1 ? " more difference" : " more differences");
        }
        return words.toString();
    }

    private String words(String here, String there) {
        String row = table + " (" + key + ")";
        if (column == null) {
            return row + " is there " + (found != null ? here : there) + ", and not " + (found != null ? there : here);
        }
        return row + ": " + column + " is " + quoted(found) + " " + here + ", and " + quoted(expected) + " " + there;
    }

    static String quoted(@Nullable String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }
}
