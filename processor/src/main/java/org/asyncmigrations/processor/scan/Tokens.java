package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens of a class that a fingerprint is made of: without annotations, and with concatenated strings joined, because
 * formatters split and join them.
 */
final class Tokens {
    private Tokens() {}

    static List<Token> of(String text) {
        return withJoinedStrings(withoutAnnotations(new Tokenizer(text).all()));
    }

    /** {@return the names, keywords and numbers among tokens} */
    static Set<String> words(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() == Token.Kind.WORD)
                .map(Token::text)
                .collect(Collectors.toSet());
    }

    private static List<Token> withoutAnnotations(List<Token> tokens) {
        List<Token> kept = new ArrayList<>(tokens.size());
        int i = 0;
        while (i < tokens.size()) {
            if (isAnnotation(tokens, i)) {
                i = endOfAnnotation(tokens, i);
            } else {
                kept.add(tokens.get(i++));
            }
        }
        return kept;
    }

    private static boolean isAnnotation(List<Token> tokens, int i) {
        return tokens.get(i).isSign("@")
                && i + 1 < tokens.size()
                && tokens.get(i + 1).kind() == Token.Kind.WORD
                && !tokens.get(i + 1).text().equals("interface");
    }

    private static int endOfAnnotation(List<Token> tokens, int at) {
        int i = at + 2;
        while (i + 1 < tokens.size()
                && tokens.get(i).isSign(".")
                && tokens.get(i + 1).kind() == Token.Kind.WORD) {
            i += 2;
        }
        return i < tokens.size() && tokens.get(i).isSign("(") ? endOfParentheses(tokens, i) : i;
    }

    private static int endOfParentheses(List<Token> tokens, int at) {
        int depth = 0;
        int i = at;
        do {
            depth += tokens.get(i).isSign("(") ? 1 : tokens.get(i).isSign(")") ? -1 : 0;
            i++;
        } while (depth > 0 && i < tokens.size());
        return i;
    }

    private static List<Token> withJoinedStrings(List<Token> tokens) {
        List<Token> joined = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int last = joined.size() - 1;
            if (token.kind() == Token.Kind.STRING
                    && last >= 1
                    && joined.get(last).isSign("+")
                    && joined.get(last - 1).kind() == Token.Kind.STRING
                    && !isSelectedFrom(tokens, i)) {
                joined.remove(last);
                joined.set(
                        last - 1,
                        new Token(Token.Kind.STRING, joined.get(last - 1).text() + token.text()));
            } else {
                joined.add(token);
            }
        }
        return joined;
    }

    /** Whether a member of the string is used: the two strings in {@code "a" + "b".length()} must not be joined. */
    private static boolean isSelectedFrom(List<Token> tokens, int i) {
        return i + 1 < tokens.size()
                && (tokens.get(i + 1).isSign(".") || tokens.get(i + 1).isSign("::"));
    }
}
