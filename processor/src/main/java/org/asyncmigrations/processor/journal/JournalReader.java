package org.asyncmigrations.processor.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalFault;
import org.asyncmigrations.processor.model.JournalFault.Kind;

/** Reads a journal. Never throws: problems with the file become faults of the result. */
public final class JournalReader {
    /** Room for half a million lines, and less than a compiler's heap: an option may name any file. */
    private static final long MOST_BYTES = 50_000_000;

    private JournalReader() {}

    /** {@return the journal in a file} */
    public static Journal read(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            // Reading a pipe would block the compiler.
            if (!attributes.isRegularFile()) {
                String what = attributes.isDirectory() ? "a directory" : "not a regular file";
                return unreadable(path, "it is " + what);
            }
            if (attributes.size() > MOST_BYTES) {
                return unreadable(path, "it has more than " + MOST_BYTES + " bytes");
            }
            return parsed(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Journal.missing(path);
        } catch (IOException e) {
            return unreadable(path, Reason.of(e));
        }
    }

    private static Journal unreadable(Path path, String reason) {
        return unreadable(path, new JournalFault(Kind.FILE, 0, 0, reason, 0));
    }

    private static Journal unreadable(Path path, JournalFault fault) {
        return new Journal(path, true, List.of(), List.of(fault), Journal.End.EMPTY, Set.of());
    }

    static Journal parsed(Path path, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            return unreadable(path, JournalParser.faultBehind(text));
        }
        return new JournalParser(text).parse(path, end(bytes.length, text));
    }

    private static Journal.End end(long size, String text) {
        String lineEnd = "\n";
        int behind = text.startsWith(JournalParser.BYTE_ORDER_MARK) ? 1 : 0;
        for (Matcher ends = JournalParser.LINE_END.matcher(text); ends.find(); behind = ends.end()) {
            lineEnd = ends.group();
        }
        return new Journal.End(size, behind < text.length(), lineEnd);
    }
}
