package org.asyncmigrations.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.tools.JooqLogger;

/**
 * The migrations that have been released, according to the journal. Lines that can't be read are skipped here; the processor
 * reports them.
 *
 * @param releases the release of each version
 */
record Journal(Map<Long, String> releases) {
    private static final JooqLogger LOG = JooqLogger.getLogger(Journal.class);
    private static final Pattern VERSION = Pattern.compile("[0-9](_*[0-9]){0,30}[lL]?");
    private static final int VERSION_FIELD = 0;
    private static final int RELEASE_FIELD = 3;

    Journal {
        releases = Map.copyOf(releases);
    }

    static Journal read(Path file) {
        if (Files.notExists(file)) {
            return new Journal(Map.of());
        }
        Map<Long, String> releases = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                List<Word> words = Word.split(line);
                if (words.size() > RELEASE_FIELD) {
                    version(words.get(VERSION_FIELD).text())
                            .ifPresent(version -> releases.put(
                                    version, words.get(RELEASE_FIELD).text()));
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("The journal cannot be read, so overdue entries are not found", unreadable);
        }
        return new Journal(releases);
    }

    /** {@return the release that first contained a migration; empty if it isn't released, or if the text isn't a version} */
    Optional<String> release(String version) {
        return version(version).map(releases::get);
    }

    private static Optional<Long> version(String text) {
        if (!VERSION.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.replaceAll("[_lL]", "")));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
