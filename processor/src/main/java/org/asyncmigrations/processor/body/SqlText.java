package org.asyncmigrations.processor.body;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncmigrations.processor.body.SqlTokens.Token;

/**
 * What a constant text says as SQL. A fragment, which begins with none of the verbs or goes on as an expression does, says
 * nothing.
 *
 * @param text the text, with {@link #UNKNOWN} for what is not constant in it
 */
record SqlText(String text) {
    /** Stands for a piece of text that is known at run time only: no character, in Unicode's own words. */
    static final char UNKNOWN = '\uFFFF';

    private static final Set<String> SCHEMA_VERBS =
            Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "COMMENT", "GRANT", "REVOKE");
    /** What goes on after a column that is called like a verb. */
    private static final Set<String> OPERATORS =
            Set.of("IS", "IN", "LIKE", "BETWEEN", "NOT", "AND", "OR", "AS", "ASC", "DESC", "FROM", "COLLATE");

    private static final Set<String> DATA_VERBS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES");
    /** With any of these beside the verb, it is some rows; {@code TOP} and {@code FETCH} are limits elsewhere. */
    private static final Set<String> BOUNDS = Set.of("WHERE", "LIMIT", "JOIN", "TOP", "FETCH");
    /** {@code CREATE OR REPLACE GLOBAL TEMPORARY} has the most words before it is clear. */
    private static final int TEMPORARY_WITHIN = 5;

    /**
     * The first words of the first statement that changes the schema, of tables that are not the session's own. Where a quote does
     * not end, another dialect's rules hold, and a semicolon may be within it: then only the first statement is judged.
     */
    Optional<String> schemaChange(Set<String> temporaryTables) {
        return statements()
                .limit(SqlTokens.isClosed(text) ? Long.MAX_VALUE : 1)
                .filter(SqlText::isSchemaChange)
                .filter(statement -> TemporaryTable.of(statement)
                        .filter(temporaryTables::contains)
                        .isEmpty())
                .map(SqlText::title)
                .findFirst();
    }

    /** The verb of the first statement that changes all rows of a table that is not the session's own; nothing where a condition may be in what is unknown. */
    Optional<String> unboundedChange(Set<String> temporaryTables) {
        if (text.indexOf(UNKNOWN) >= 0 || !SqlTokens.isClosed(text)) {
            return Optional.empty();
        }
        return statements()
                .filter(SqlText::isUnbounded)
                .filter(statement -> TemporaryTable.changed(
                                statement, verb(statement).orElseThrow())
                        .filter(temporaryTables::contains)
                        .isEmpty())
                .map(statement -> verb(statement).orElseThrow().text())
                .findFirst();
    }

    /** Whether it contains a word, or may do so in what is unknown of it. */
    boolean mayContain(String word) {
        return text.contains(word) || text.indexOf(UNKNOWN) >= 0;
    }

    /** The temporary tables that it creates, upper case. */
    Stream<String> temporaryTables() {
        return statements().filter(SqlText::isTemporary).flatMap(statement -> TemporaryTable.of(statement).stream());
    }

    private Stream<List<Token>> statements() {
        return SqlTokens.statements(text).stream()
                .map(statement ->
                        statement.stream().dropWhile(token -> token.is("(")).toList())
                .filter(statement -> !statement.isEmpty());
    }

    private static boolean isSchemaChange(List<Token> statement) {
        if (statement.size() < 2 || !SCHEMA_VERBS.contains(statement.get(0).text())) {
            return false;
        }
        Token next = statement.get(1);
        return switch (statement.get(0).text()) {
            case "COMMENT" -> next.is("ON");
            case "ALTER" -> isObject(next) && !next.is("SESSION");
            default -> isObject(next) && !isTemporary(statement);
        };
    }

    private static boolean isObject(Token token) {
        return token.isName() && !OPERATORS.contains(token.text());
    }

    private static boolean isTemporary(List<Token> statement) {
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

    private static String title(List<Token> statement) {
        String object = statement.get(1).text();
        return statement.get(0).text() + (object.matches("[A-Z]+") ? " " + object : "");
    }

    private static Optional<Token> verb(List<Token> statement) {
        if (!statement.get(0).is("WITH")) {
            return Optional.of(statement.get(0));
        }
        return statement.stream()
                .filter(token -> token.depth() == statement.get(0).depth() && DATA_VERBS.contains(token.text()))
                .findFirst();
    }

    private static boolean isUnbounded(List<Token> statement) {
        Optional<Token> verb = verb(statement);
        if (verb.isEmpty() || statement.stream().anyMatch(Token::isUnknown)) {
            return false;
        }
        boolean changes = verb.get().is("UPDATE") && has(statement, Set.of("SET"))
                || verb.get().is("DELETE") && statement.size() > 1;
        return changes && !has(statement, BOUNDS);
    }

    private static boolean has(List<Token> statement, Set<String> words) {
        int depth = statement.get(0).depth();
        return statement.stream().anyMatch(token -> token.depth() == depth && words.contains(token.text()));
    }
}
