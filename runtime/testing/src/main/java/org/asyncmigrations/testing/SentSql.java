package org.asyncmigrations.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.asyncmigrations.state.StateTables;

/**
 * The statements by which a migration changes rows. Columns that none of them names were written by the database itself. Used by
 * one thread.
 */
final class SentSql implements Points {
    private static final Pattern CHANGE = Pattern.compile(
            "\\s*(?:insert|update|delete|merge|replace|with|set statement)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final List<String> ownTables;
    private final List<String> changes = new ArrayList<>();

    SentSql(StateTables own) {
        ownTables = own.all().stream()
                .map(table -> table.getName().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public void before(Point point) {
        String sql = point.sql().toLowerCase(Locale.ROOT);
        if (CHANGE.matcher(sql).matches() && ownTables.stream().noneMatch(sql::contains) && !changes.contains(sql)) {
            changes.add(sql);
        }
    }

    /** {@return whether rows were changed, and no statement that did so names a column} */
    boolean leavesToTheDatabase(String column) {
        Pattern word = Pattern.compile("\\b" + Pattern.quote(column.toLowerCase(Locale.ROOT)) + "\\b");
        return !changes.isEmpty()
                && changes.stream().noneMatch(sql -> word.matcher(sql).find());
    }
}
