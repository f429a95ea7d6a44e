package org.asyncmigrations.processor.body;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.asyncmigrations.processor.body.SqlTokens.Token;

/** The table that a schema statement is about: PostgreSQL drops a temporary table as any other, by its name. */
final class TemporaryTable {
    private static final Set<String> BEFORE_NAMES = Set.of("IF", "NOT", "EXISTS", "ONLY", "FROM");

    private TemporaryTable() {}

    /** Absent where the statement is about something else. */
    static Optional<String> of(List<Token> statement) {
        int before = indexBefore(statement);
        return before < 0 ? Optional.empty() : behind(statement, before);
    }

    /** The table whose rows are changed. */
    static Optional<String> changed(List<Token> statement, Token verb) {
        return behind(statement, statement.indexOf(verb));
    }

    private static Optional<String> behind(List<Token> statement, int before) {
        return statement.stream()
                .skip(before + 1L)
                .filter(token -> !BEFORE_NAMES.contains(token.text()))
                .findFirst()
                .filter(Token::isName)
                .map(token -> bare(token.text()));
    }

    /** As names are compared: upper case, without quotes. */
    static String bare(String name) {
        return name.replaceAll("[\"`]", "").toUpperCase(Locale.ROOT);
    }

    private static int indexBefore(List<Token> statement) {
        List<String> words = statement.stream().map(Token::text).toList();
        int table = words.indexOf("TABLE");
        if (table >= 0 || !words.get(0).equals("TRUNCATE")) {
            return words.get(0).equals("CREATE") && words.contains("INDEX") ? words.indexOf("ON") : table;
        }
        return 0;
    }
}
