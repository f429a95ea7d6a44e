package org.asyncmigrations.processor.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;

/** Writes to a journal. What it isn't told to change stays as it is, to the byte. */
public final class JournalWriter {
    private JournalWriter() {}

    /**
     * Appends lines in one write, or puts them where they belong: a module that is included for the first time has older ones.
     *
     * @param journal the journal as it was read
     * @param lines what is new, in order
     * @return why it could not be written, empty when it has been
     */
    public static Optional<String> append(Journal journal, List<JournalLine> lines) {
        Journal.End end = journal.end();
        StringBuilder text = new StringBuilder(end.open() ? end.lineEnd() : "");
        lines.forEach(line -> text.append(line.text()).append(end.lineEnd()));
        try {
            boolean older = !lines.isEmpty()
                    && journal.newest()
                            .filter(newest -> newest.version().value()
                                    > lines.get(0).version().value())
                            .isPresent();
            if (older) {
                rewrite(journal, all -> insert(journal, lines, all));
                return Optional.empty();
            }
            return write(journal, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }

    private static void insert(Journal journal, List<JournalLine> lines, List<String> all) {
        if (journal.end().open()) {
            all.set(all.size() - 1, all.get(all.size() - 1) + journal.end().lineEnd());
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            JournalLine line = lines.get(i);
            int behind = journal.lines().stream()
                    .filter(other -> other.version().value() > line.version().value())
                    .mapToInt(other -> other.number() - 1)
                    .findFirst()
                    .orElse(all.size() - (lines.size() - 1 - i));
            all.add(behind, line.text() + journal.end().lineEnd());
        }
    }

    /**
     * Replaces lines.
     *
     * @param journal the journal as it was read
     * @param lines the new lines, with the numbers of the old ones
     * @return why it could not be written, empty when it has been
     */
    public static Optional<String> replace(Journal journal, List<JournalLine> lines) {
        try {
            rewrite(
                    journal,
                    all -> lines.forEach(line -> all.set(
                            line.number() - 1,
                            line.text() + all.get(line.number() - 1).replaceFirst("[^\r\n]*", ""))));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }

    /** In a new file that takes the old one's place. What changes the lines gets each with its end. */
    private static void rewrite(Journal journal, Consumer<List<String>> change) throws IOException {
        Path file = journal.path().toRealPath();
        String text = Files.readString(file);
        String mark = text.startsWith(JournalParser.BYTE_ORDER_MARK) ? JournalParser.BYTE_ORDER_MARK : "";
        List<String> all = new ArrayList<>(List.of(text.substring(mark.length()).split("(?<=\n)|(?<=\r)(?!\n)")));
        change.accept(all);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, mark + String.join("", all));
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Optional<String> write(Journal journal, byte[] bytes) throws IOException {
        long size = journal.end().size();
        try (FileChannel channel = FileChannel.open(journal.path(), StandardOpenOption.WRITE)) {
            if (isLocked(channel) || channel.size() != size) {
                return Optional.of("it was changed while it was read");
            }
            try {
                write(channel, ByteBuffer.wrap(bytes), size);
            } catch (IOException e) {
                // A full disk takes a part of it.
                channel.truncate(size);
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether another release is at it. A file system without locks has none to wait for; the lock ends with the channel. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One write, unless the system takes less at once. */
    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }
}
