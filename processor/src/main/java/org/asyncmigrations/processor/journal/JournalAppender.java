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
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;

/** Adds lines to a journal. What is in the file stays as it is, to the byte. */
public final class JournalAppender {
    private JournalAppender() {}

    /**
     * Appends lines in one write, or puts them where they belong: a module that is included for the first time has older ones. Makes the file and its directories where they are missing.
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
            Path directory = journal.path().getParent();
            if (!journal.exists() && directory != null) {
                Files.createDirectories(directory);
            }
            boolean older = !lines.isEmpty()
                    && journal.newest()
                            .filter(newest -> newest.version().value()
                                    > lines.get(0).version().value())
                            .isPresent();
            return older
                    ? insert(journal, lines)
                    : write(journal, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }

    /** In a new file that takes the old one's place. */
    private static Optional<String> insert(Journal journal, List<JournalLine> lines) throws IOException {
        Path file = journal.path().toRealPath();
        String text =
                Files.readString(file) + (journal.end().open() ? journal.end().lineEnd() : "");
        String mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
        // Each with its end.
        List<String> all = new ArrayList<>(List.of(text.substring(mark.length()).split("(?<=\n)|(?<=\r)(?!\n)")));
        for (int i = lines.size() - 1; i >= 0; i--) {
            JournalLine line = lines.get(i);
            int behind = journal.lines().stream()
                    .filter(other -> other.version().value() > line.version().value())
                    .mapToInt(other -> other.number() - 1)
                    .findFirst()
                    .orElse(all.size() - (lines.size() - 1 - i));
            all.add(behind, line.text() + journal.end().lineEnd());
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, mark + String.join("", all));
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        return Optional.empty();
    }

    private static Optional<String> write(Journal journal, byte[] bytes) throws IOException {
        long size = journal.end().size();
        try (FileChannel channel =
                FileChannel.open(journal.path(), StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
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

    /** Whether another compile is at it. A file system without locks has none to wait for; the lock ends with the channel. */
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
