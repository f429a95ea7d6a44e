package org.asyncmigrations.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.changelog.ChangeSet;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;

/**
 * Where a change set of Liquibase is written. Liquibase itself keeps no lines.
 *
 * @param whole stands for the change set; its comments are those of the change set
 * @param inFile the statements of a change log in SQL, from the change set on
 */
record ChangeSetPlace(ScriptStatement whole, List<ScriptStatement> inFile) {
    static ChangeSetPlace of(ChangeSet changeSet, ResourceAccessor files, boolean mySql) {
        String path = changeSet.getFilePath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String text = text(path, files);
        int at = position(text, changeSet.getId());
        int line =
                1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        List<ScriptStatement> inFile = path.endsWith(".sql")
                ? ScriptReader.read(name, blank(text.substring(0, at)) + text.substring(at), mySql)
                : List.of();
        List<String> comments =
                changeSet.getComments() == null || changeSet.getComments().isBlank()
                        ? List.of()
                        : List.of(changeSet.getComments().strip());
        return new ChangeSetPlace(
                ScriptStatement.whole(name, line, "change set " + changeSet.getId(), comments), inFile);
    }

    private static String text(String path, ResourceAccessor files) {
        try {
            Resource file = files.get(path);
            if (!file.exists()) {
                return "";
            }
            try (InputStream open = file.openInputStream()) {
                return new String(open.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** In XML, YAML, JSON and SQL. */
    private static int position(String text, String id) {
        String quoted = Pattern.quote(id);
        Matcher found = Pattern.compile("(?m)(?:\\bid\"?\\s*[=:]\\s*[\"']?" + quoted
                        + "(?![\\w-])|^--\\s*changeset\\s+[^\\r\\n:]+:\"?" + quoted + "(?![\\w-]))")
                .matcher(text);
        return found.find() ? found.start() : 0;
    }

    private static String blank(String before) {
        return before.replaceAll("[^\\n]", "");
    }

    /** The place of a statement that Liquibase sends, and what stands above it there. */
    Optional<ScriptStatement> find(ScriptStatement sent) {
        for (ScriptStatement written : inFile) {
            if (words(written).equals(words(sent))) {
                List<String> comments = new ArrayList<>(sent.comments());
                comments.addAll(written.comments());
                return Optional.of(new ScriptStatement(
                        sent.file(), written.line(), sent.text(), sent.words(), comments, sent.obstacle()));
            }
        }
        return isOfLiquibase(sent) ? Optional.empty() : Optional.of(sent);
    }

    /** What Liquibase asks the server for itself. */
    private static boolean isOfLiquibase(ScriptStatement sent) {
        return sent.begins("SHOW")
                || sent.begins("SET", "SEARCH_PATH")
                || sent.begins("SELECT", "VERSION")
                || sent.begins("SELECT")
                        && sent.words().stream()
                                .anyMatch(word -> word.is("PG_SETTINGS") || word.is("INFORMATION_SCHEMA"));
    }

    private static List<String> words(ScriptStatement statement) {
        return statement.words().stream().map(Word::text).toList();
    }
}
