package org.asyncmigrations.codegen;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jooq.codegen.Generator;
import org.jooq.meta.Database;
import org.jooq.tools.JooqLogger;

/** Excludes retired columns from the output of a code generator. Stateless, and so thread-safe. */
public final class RetiredColumns {
    /** The property of jOOQ's {@code <database>} that sets another file than {@value #FILE}. */
    public static final String FILE_PROPERTY = "asyncmigrations.retired-columns";

    /** The property of jOOQ's {@code <database>} that sets another journal than {@value #JOURNAL}. */
    public static final String JOURNAL_PROPERTY = "asyncmigrations.journal";

    private static final String FILE = "src/main/migrations/retired-columns";
    private static final String JOURNAL = "src/main/migrations/journal";
    private static final JooqLogger LOG = JooqLogger.getLogger(RetiredColumns.class);

    private RetiredColumns() {}

    /**
     * Removes the listed columns from the tables of a database, before a generator begins. Custom generators, such as one for
     * Kotlin or Scala, call it first in {@code generate(Database)}.
     *
     * @param database the database as jOOQ has set it up, before anything is read from it
     * @param generator the generator that will read it
     * @throws RetiredColumnsException if entries of the file are wrong; it lists all of them
     */
    public static void leaveOut(Database database, Generator generator) {
        Path file = path(database, FILE_PROPERTY, FILE);
        Findings findings = new Findings(file);
        List<RetiredColumn> columns = read(database, file, findings);
        if (!columns.isEmpty()) {
            Preview preview = Preview.of(database, generator);
            Retirement retirement =
                    new Retirement(preview, Journal.read(path(database, JOURNAL_PROPERTY, JOURNAL)), findings);
            columns.forEach(retirement::retire);
        }
        findings.warnings().forEach(warning -> LOG.warn(warning.text()));
        findings.notes().forEach(note -> LOG.info(note.text()));
        if (!findings.errors().isEmpty()) {
            // Also logged, because build tools often show an exception's message far from the place where people look.
            findings.errors().forEach(error -> LOG.error(error.text()));
            throw new RetiredColumnsException(file, findings.errors());
        }
    }

    private static List<RetiredColumn> read(Database database, Path file, Findings findings) {
        if (Files.notExists(file) && database.getProperties().getProperty(FILE_PROPERTY) == null) {
            LOG.info("No retired columns", file + " does not exist");
            return List.of();
        }
        return RetiredColumnsFile.read(file, findings);
    }

    private static Path path(Database database, String property, String otherwise) {
        Properties properties = database.getProperties();
        return Path.of(database.getBasedir())
                .resolve(properties.getProperty(property, otherwise))
                .normalize();
    }
}
