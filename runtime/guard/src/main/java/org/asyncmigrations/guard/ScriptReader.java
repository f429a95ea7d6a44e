package org.asyncmigrations.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a script into statements. It knows quotes, dollar quotes, comments, function bodies without quotes, psql's commands and data behind
 * {@code COPY … FROM STDIN}. It never fails: what it cannot read becomes a statement with an obstacle. Used once.
 */
final class ScriptReader {
    private final String file;
    private final String sql;
    private final boolean mySql;

    private final List<ScriptStatement> statements = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private List<String> comments = new ArrayList<>();
    private Optional<String> obstacle = Optional.empty();
    private String delimiter = ";";
    private int at;
    private int start = -1;
    private int depth;
    /** How many {@code BEGIN ATOMIC} and {@code CASE} wait for their {@code END}. */
    private int bodies;

    private ScriptReader(String file, String sql, boolean mySql) {
        this.file = file;
        this.sql = sql;
        this.mySql = mySql;
    }

    static List<ScriptStatement> read(String file, String sql, boolean mySql) {
        return new ScriptReader(file, sql, mySql).read();
    }

    private List<ScriptStatement> read() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c) || c == '\uFEFF') {
                at++;
            } else if (!skipsComment(c) && !isCommand(c)) {
                word(c);
            }
        }
        end(sql.length());
        return statements;
    }

    private void word(char c) {
        if (bodies == 0 && sql.startsWith(delimiter, at)) {
            boolean data = !mySql && isCopyFromStdin();
            if (data) {
                obstacle = Optional.of("the rows after COPY … FROM STDIN are not read");
            }
            end(at);
            at += delimiter.length();
            at = data ? SqlText.behindData(sql, at) : at;
        } else if (SqlText.isPartOfWord(c) && c != '$') {
            int end = SqlText.endOfWord(sql, at);
            add(sql.substring(at, end).toUpperCase(java.util.Locale.ROOT), end);
            countBodies();
        } else {
            quoteOrSign(c);
        }
    }

    private void quoteOrSign(char c) {
        int end = SqlText.endOfQuoted(sql, at, mySql);
        if (end > sql.length()) {
            obstacle = Optional.of("a quote or a comment in it does not end");
            end = sql.length();
        }
        depth -= c == ')' && depth > 0 ? 1 : 0;
        add(sql.substring(at, end), end);
        depth += c == '(' ? 1 : 0;
    }

    private void add(String text, int end) {
        start = start < 0 ? at : start;
        words.add(new Word(text, at - start, end - start, depth));
        at = end;
    }

    private void countBodies() {
        boolean isRoutine = words.get(0).is("CREATE")
                && words.stream().limit(4).anyMatch(word -> word.is("FUNCTION") || word.is("PROCEDURE"));
        int last = words.size() - 1;
        if (isRoutine && !mySql && last > 0) {
            String word = words.get(last).text();
            bodies += word.equals("ATOMIC") && words.get(last - 1).is("BEGIN") || bodies > 0 && word.equals("CASE")
                    ? 1
                    : 0;
            bodies -= bodies > 0 && word.equals("END") ? 1 : 0;
        }
    }

    private boolean isCopyFromStdin() {
        return !words.isEmpty() && words.get(0).is("COPY") && words.stream().anyMatch(word -> word.is("STDIN"));
    }

    private void end(int end) {
        if (start >= 0) {
            // What stands behind the last word is a comment.
            int behind =
                    words.isEmpty() ? end : start + words.get(words.size() - 1).end();
            String text = sql.substring(start, behind).stripTrailing();
            statements.add(
                    new ScriptStatement(file, line(start), text, List.copyOf(words), List.copyOf(comments), obstacle));
            comments = new ArrayList<>();
        }
        words = new ArrayList<>();
        obstacle = Optional.empty();
        start = -1;
        depth = 0;
        bodies = 0;
    }

    private boolean skipsComment(char c) {
        boolean isLine = sql.startsWith("--", at)
                        && (!mySql || at + 2 >= sql.length() || Character.isWhitespace(sql.charAt(at + 2)))
                || mySql && c == '#';
        boolean isCode = sql.startsWith("/*!", at) || sql.startsWith("/*M!", at);
        if (!isLine && !sql.startsWith("/*", at) || isCode && mySql) {
            return false;
        }
        int end = isLine ? SqlText.endOfLine(sql, at) : SqlText.endOfBlock(sql, at, mySql);
        if (end > sql.length()) {
            end = sql.length();
            unreadable(end, "a comment that begins here does not end");
        } else if (isCode) {
            vendorComment(end);
        } else if (start < 0 && !isBehindStatement()) {
            comments.add(
                    sql.substring(at, end).replaceAll("^(--|#|/\\*)|\\*/$", "").strip());
        }
        at = end;
        return true;
    }

    /** A comment on the line on which the last statement ended belongs to that one. */
    private boolean isBehindStatement() {
        String before = sql.substring(sql.lastIndexOf('\n', at) + 1, at);
        return before.contains(delimiter);
    }

    /** Code for MySQL in a script for another product. */
    private void vendorComment(int end) {
        String reason = "it has code in a comment, which MySQL and MariaDB run and this database does not";
        if (start < 0) {
            unreadable(end, reason);
        } else {
            obstacle = Optional.of(reason);
        }
    }

    private void unreadable(int end, String reason) {
        start = start < 0 ? at : start;
        obstacle = Optional.of(reason);
        end(end);
    }

    /** A backslash is for psql, a changed delimiter for MySQL's client; both go on to the end of the line. */
    private boolean isCommand(char c) {
        int end = SqlText.endOfLine(sql, at);
        if (c == '\\' && !mySql) {
            add(sql.substring(at, end), end);
            unreadable(
                    end,
                    "%s is a command of psql, which does not go to the database"
                            .formatted(words.get(words.size() - 1).text().split("\\s", 2)[0]));
        } else if (mySql && start < 0 && sql.regionMatches(true, at, "delimiter ", 0, 10)) {
            delimiter = sql.substring(at + 10, end).strip();
            at = end;
        } else {
            return false;
        }
        return true;
    }

    private int line(int position) {
        return 1
                + (int) sql.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
