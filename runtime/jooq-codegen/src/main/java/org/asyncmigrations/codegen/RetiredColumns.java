package org.asyncmigrations.codegen;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jooq.codegen.Generator;
import org.jooq.meta.Database;
import org.jooq.tools.JooqLogger;

/** Leaves retired columns out of what a generator writes. Without state, and so safe for threads. */
public final class RetiredColumns {
    /** The property of jOOQ's {@code <database>} that names another file than {@value #FILE}. */
    public static final String FILE_PROPERTY = "asyncmigrations.retired-columns";

    /** The property of jOOQ's {@code <database>} that names another journal than {@value #JOURNAL}. */
    public static final String JOURNAL_PROPERTY = "asyncmigrations.journal";

    private static final String FILE = "src/main/migrations/retired-columns";
    private static final String JOURNAL = "src/main/migrations/journal";
    private static final JooqLogger LOG = JooqLogger.getLogger(RetiredColumns.class);

    private RetiredColumns() {}

    /**
     * Takes the listed columns away from the tables of a database, for a generator that is about to begin. A generator of
     * one's own, for Kotlin or Scala for instance, calls it first in {@code generate(Database)}.
     *
     * @param database the database as jOOQ has set it up, of which nothing has been read yet
     * @param generator the generator that is going to read it
     * @throws RetiredColumnsException when an entry of the file is wrong; it has all that are
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
            // Said here too: build tools show the message of an exception far from where it is looked for.
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
