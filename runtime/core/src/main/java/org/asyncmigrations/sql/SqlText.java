package org.asyncmigrations.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What SQL text does, judged by the first words of each of its statements. A fragment, which doesn't begin with a verb or continues
 * like an expression, counts as nothing. What a procedure or an anonymous block does isn't seen. Immutable.
 */
public final class SqlText {
    private static final Set<String> SCHEMA_VERBS =
            Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "COMMENT", "GRANT", "REVOKE");
    /** Words that follow a column whose name is one of the verbs. */
    private static final Set<String> OPERATORS =
            Set.of("IS", "IN", "LIKE", "BETWEEN", "NOT", "AND", "OR", "AS", "ASC", "DESC", "FROM", "COLLATE");

    private static final Set<String> DATA_VERBS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES");
    /**
     * If one of these is on the same level as the verb, not all rows are affected; {@code TOP} and {@code FETCH} are limits of
     * other products.
     */
    private static final Set<String> BOUNDS = Set.of("LIMIT", "JOIN", "TOP", "FETCH");
    /** No condition, or one that is true for each row. */
    private static final Pattern ALL_ROWS = Pattern.compile("(WHERE (TRUE|[1-9]\\d*|(\\d+) = \\3))?");

    private static final Set<String> BEFORE_NAMES = Set.of("IF", "NOT", "EXISTS", "ONLY", "FROM");
    /** {@code CREATE OR REPLACE GLOBAL TEMPORARY} is the longest beginning. */
    private static final int TEMPORARY_WITHIN = 5;

    private final List<List<SqlToken>> statements;

    private SqlText(String sql, boolean mySql) {
        this.statements = SqlLexer.allStatements(sql, mySql).stream()
                .map(statement ->
                        statement.stream().dropWhile(token -> token.is("(")).toList())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /**
     * Reads a text as the product does.
     *
     * @param sql the text
     * @param mySql whether the server reads it as MySQL does
     * @return the text
     */
    public static SqlText of(String sql, boolean mySql) {
        return new SqlText(sql, mySql);
    }

    /**
     * Asks a question about a text whose product isn't known. Products may read its quotes differently, so there is only an answer
     * if both readings have one.
     *
     * @param sql the text, with {@link SqlToken#UNKNOWN} for unknown pieces
     * @param question what to ask
     * @return the answer
     */
    public static Optional<String> onEachProduct(String sql, Function<SqlText, Optional<String>> question) {
        return question.apply(of(sql, false))
                .filter(answer -> question.apply(of(sql, true)).isPresent());
    }

    /**
     * Looks for a change of the schema. Temporary tables don't count.
     *
     * @param own the names of the session's temporary tables, as {@link #bare} writes them; tables that the text creates are added,
     *     tables that it drops are removed
     * @return the first words of the first statement that changes the schema
     */
    public Optional<String> schemaChange(Set<String> own) {
        for (List<SqlToken> statement : statements) {
            List<String> tables = isSchemaChange(statement) || isTemporary(statement) ? tables(statement) : List.of();
            if (isTemporary(statement) && statement.get(0).is("CREATE")) {
                own.addAll(tables);
            } else if (isSchemaChange(statement) && (tables.isEmpty() || !own.containsAll(tables))) {
                return Optional.of(title(statement));
            } else if (statement.get(0).is("DROP")) {
                tables.forEach(own::remove);
            }
        }
        return Optional.empty();
    }

    /**
     * Looks for a change of all rows of a table.
     *
     * @param own the names of the session's temporary tables, which don't count
     * @return the verb of the first such statement; empty if an unknown piece may contain a condition
     */
    public Optional<String> unboundedChange(Set<String> own) {
        return statements.stream()
                .filter(SqlText::isUnbounded)
                .filter(statement ->
                        !own.containsAll(namesBehind(statement, verb(statement).orElseThrow())))
                .map(statement -> verb(statement).orElseThrow().text())
                .findFirst();
    }

    /** {@return the names of the temporary tables that the text creates} */
    public Set<String> temporaryTables() {
        return statements.stream()
                .filter(statement -> statement.get(0).is("CREATE") && isTemporary(statement))
                .flatMap(statement -> tables(statement).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Converts a name for comparison.
     *
     * @param name the name
     * @return upper case, without quotes
     */
    public static String bare(String name) {
        return name.replaceAll("[\"`]", "").toUpperCase(Locale.ROOT);
    }

    private static boolean isSchemaChange(List<SqlToken> statement) {
        if (statement.size() < 2 || !SCHEMA_VERBS.contains(statement.get(0).text())) {
            return false;
        }
        SqlToken next = statement.get(1);
        return switch (statement.get(0).text()) {
            case "COMMENT" -> next.is("ON");
            case "ALTER" -> isObject(next) && !next.is("SESSION");
            default -> isObject(next) && !isTemporary(statement);
        };
    }

    private static boolean isObject(SqlToken token) {
        return token.isName() && !OPERATORS.contains(token.text());
    }

    private static boolean isTemporary(List<SqlToken> statement) {
        boolean sessionsOwn = statement.size() > 3
                && statement.get(1).is("TABLE")
                && statement.get(2).is("#");
        return sessionsOwn
                || Set.of("CREATE", "DROP").contains(statement.get(0).text())
                        && statement.stream()
                                .limit(TEMPORARY_WITHIN)
                                .takeWhile(token -> !token.is("TABLE"))
                                .anyMatch(token -> token.is("TEMP") || token.is("TEMPORARY"));
    }

    /** The tables of a schema statement, none if it isn't about tables. PostgreSQL drops a temporary table like any other. */
    private static List<String> tables(List<SqlToken> statement) {
        Optional<SqlToken> table = first(statement, "TABLE");
        if (table.isEmpty() && statement.get(0).is("TRUNCATE")) {
            return namesBehind(statement, statement.get(0));
        }
        boolean isIndex = table.isEmpty()
                && statement.get(0).is("CREATE")
                && first(statement, "INDEX").isPresent();
        return (isIndex ? first(statement, "ON") : table)
                .map(before -> namesBehind(statement, before))
                .orElse(List.of());
    }

    private static Optional<SqlToken> first(List<SqlToken> statement, String word) {
        return statement.stream().filter(token -> token.is(word)).findFirst();
    }

    /** One name, or all of {@code a, b, c}. */
    private static List<String> namesBehind(List<SqlToken> statement, SqlToken before) {
        List<SqlToken> behind = statement.stream()
                .skip(statement.indexOf(before) + 1L)
                .dropWhile(token -> BEFORE_NAMES.contains(token.text()))
                .toList();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < behind.size() && behind.get(i).isName(); i += 2) {
            names.add(bare(behind.get(i).text()));
            if (i + 1 == behind.size() || !behind.get(i + 1).is(",")) {
                break;
            }
        }
        return names;
    }

    private static String title(List<SqlToken> statement) {
        String object = statement.get(1).text();
        return statement.get(0).text() + (object.matches("[A-Z]+") ? " " + object : "");
    }

    private static Optional<SqlToken> verb(List<SqlToken> statement) {
        if (!statement.get(0).is("WITH")) {
            return Optional.of(statement.get(0));
        }
        return statement.stream()
                .filter(token -> token.depth() == statement.get(0).depth() && DATA_VERBS.contains(token.text()))
                .findFirst();
    }

    private static boolean isUnbounded(List<SqlToken> statement) {
        Optional<SqlToken> verb = verb(statement);
        if (verb.isEmpty() || statement.stream().anyMatch(SqlToken::isUnknown)) {
            return false;
        }
        boolean changes = verb.get().is("UPDATE") && has(statement, Set.of("SET"))
                || verb.get().is("DELETE") && statement.size() > 1;
        return changes
                && !has(statement, BOUNDS)
                && ALL_ROWS.matcher(condition(statement)).matches();
    }

    /** From the {@code WHERE} on the verb's level, without parentheses. */
    private static String condition(List<SqlToken> statement) {
        int depth = statement.get(0).depth();
        return statement.stream()
                .dropWhile(token -> token.depth() != depth || !token.is("WHERE"))
                .takeWhile(token -> !token.is("RETURNING") && !token.is("ORDER"))
                .filter(token -> !token.is("(") && !token.is(")"))
                .map(SqlToken::text)
                .collect(Collectors.joining(" "));
    }

    private static boolean has(List<SqlToken> statement, Set<String> words) {
        int depth = statement.get(0).depth();
        return statement.stream().anyMatch(token -> token.depth() == depth && words.contains(token.text()));
    }
}
