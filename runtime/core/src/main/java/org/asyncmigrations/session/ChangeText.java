package org.asyncmigrations.session;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.sql.SqlLexer;
import org.asyncmigrations.sql.SqlToken;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's text says about the rows that it changes. This is no parser: if it doesn't know a text, the number of its rows
 * is unknown. Immutable and thread-safe.
 *
 * @param kind whether the count that the database returns is the number of rows changed
 * @param table the changed table, in lower case and without quotes or schema; empty if unknown
 */
record ChangeText(Kind kind, String table) {
    /** What a statement's count means. */
    enum Kind {
        /** Nothing: the statement changes no row. */
        NONE,
        /** The number of changed rows. */
        ROWS,
        /** Nothing, and the statement may change rows. */
        UNKNOWN,
        /** Nothing, and the changes counted before may have been undone. */
        UNDONE
    }

    private static final ChangeText CHANGES_NOTHING = new ChangeText(Kind.NONE, "");
    private static final ChangeText UNKNOWN = new ChangeText(Kind.UNKNOWN, "");

    private static final Set<String> READING =
            Set.of("select", "values", "table", "show", "set", "reset", "lock", "savepoint", "release");

    private static final Pattern VERB = Pattern.compile("\\w+");

    /** The prefix that {@code MariaDb} adds to a statement. */
    private static final Pattern LIMITS = Pattern.compile("(?is)set\\s+statement\\s.*?\\sfor\\s+");

    private static final Pattern CHANGE =
            Pattern.compile("(?i)\\b(?:update|delete|insert|merge|replace)\\b(?!\\s*\\()");

    /** H2's and Db2's syntax to return changed rows; {@code select … for update} changes none. */
    private static final Pattern CHANGED_TABLE = Pattern.compile("(?i)\\b(?:final|new|old)\\s+table\\s*\\(\\s*");

    private static final String PART = "(?:\"[^\"]++\"|`[^`]++`|[\\p{L}\\p{N}_$]++)";
    private static final String NAME = "((?:" + PART + "\\s*+\\.\\s*+)*+" + PART + ")";

    /** A statement that changes one table. If it changes two, they share one count. */
    private static final Pattern TARGET = Pattern.compile("(?is)(?:update\\s+(?:only\\s+|ignore\\s+)?" + NAME
            + "(?:\\s+(?:as\\s+)?(?!set\\b)" + PART + ")?\\s+set\\b.*"
            + "|(?:delete\\s+from|insert\\s+(?:ignore\\s+)?into|merge\\s+into)\\s+(?:only\\s+)?" + NAME
            + "(?!\\s*[,.]).*)");

    /** MariaDB and MySQL count 2 for a row that already existed. */
    private static final Pattern UPSERT = Pattern.compile("(?i)\\bon\\s+duplicate\\s+key\\b");

    /** {@return what a text says about its rows} */
    static ChangeText of(String sql, boolean mySql) {
        List<List<SqlToken>> statements = SqlLexer.statements(sql, mySql);
        if (statements.size() > 1) {
            // Drivers return only the count of the first.
            return UNKNOWN;
        }
        String alone = statements.stream()
                .flatMap(List::stream)
                .filter(token -> !token.is("("))
                .findFirst()
                .map(token -> sql.substring(token.start()))
                .orElse("");
        Matcher limits = LIMITS.matcher(alone);
        return ofStatement(limits.lookingAt() ? alone.substring(limits.end()) : alone);
    }

    private static ChangeText ofStatement(String sql) {
        Matcher verb = VERB.matcher(sql);
        String word = verb.lookingAt() ? verb.group().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "update", "delete", "merge" -> ofTarget(sql);
            case "insert" -> UPSERT.matcher(sql).find() ? UNKNOWN : ofTarget(sql);
            case "with" -> within(sql, CHANGE.matcher(sql), false);
            case "select" -> within(sql, CHANGED_TABLE.matcher(sql), true);
            case "rollback" -> new ChangeText(Kind.UNDONE, "");
            default -> READING.contains(word) ? CHANGES_NOTHING : UNKNOWN;
        };
    }

    private static ChangeText within(String sql, Matcher change, boolean isBehind) {
        if (!change.find()) {
            return CHANGES_NOTHING;
        }
        String changing = sql.substring(isBehind ? change.end() : change.start());
        // A statement with several changes returns the count of only one of them.
        return change.find() ? UNKNOWN : ofStatement(changing);
    }

    private static ChangeText ofTarget(String sql) {
        Matcher target = TARGET.matcher(sql);
        if (!target.matches()) {
            return new ChangeText(Kind.ROWS, "");
        }
        @Nullable String name = target.group(1) == null ? target.group(2) : target.group(1);
        return new ChangeText(Kind.ROWS, plain(name));
    }

    /** {@return a table's name without its schema, which only one of two names may have} */
    static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[\"`\\s]", "");
        return plain.substring(plain.lastIndexOf('.') + 1);
    }
}
