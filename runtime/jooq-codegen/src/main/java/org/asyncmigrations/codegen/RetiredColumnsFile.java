package org.asyncmigrations.codegen;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the file of retired columns, one entry a line. A wrong line becomes a finding, and the others are read. */
final class RetiredColumnsFile {
    private static final String UNREADABLE = "UnreadableRetiredColumns";

    private RetiredColumnsFile() {}

    static List<RetiredColumn> read(Path file, Findings findings) {
        List<RetiredColumn> columns = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                read(i + 1, lines.get(i), columns, findings);
            }
        } catch (NoSuchFileException missing) {
            findings.error(
                    UNREADABLE, new Place(1, 1), "the file does not exist; correct the property, or create the file");
        } catch (CharacterCodingException binary) {
            findings.error(UNREADABLE, new Place(1, 1), "the file must be text in UTF-8");
        } catch (IOException failure) {
            findings.error(UNREADABLE, new Place(1, 1), "the file could not be read: " + failure);
        }
        return columns;
    }

    private static void read(int number, String line, List<RetiredColumn> columns, Findings findings) {
        List<Word> words = Word.split(line);
        if (!words.isEmpty()) {
            try {
                columns.add(new Entry(number, words).read());
            } catch (Entry.Fault fault) {
                findings.error(UNREADABLE, fault.place(), String.valueOf(fault.getMessage()));
            }
        }
    }
}
