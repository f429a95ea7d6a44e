package org.asyncmigrations.processor.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.jspecify.annotations.Nullable;

/** Writes to a journal. Everything that it isn't told to change stays the same, to the byte. */
public final class JournalWriter {
    private JournalWriter() {}

    /**
     * Appends new lines, which are sorted, in one write. If some are older than the last line, because a module is included for
     * the first time, it inserts them where they belong.
     *
     * @return why the journal could not be written, empty if it was written
     */
    public static Optional<String> append(Journal journal, List<JournalLine> lines) {
        Journal.End end = journal.end();
        StringBuilder text = new StringBuilder(end.open() ? end.lineEnd() : "");
        lines.forEach(line -> text.append(line.text()).append(end.lineEnd()));
        boolean older = !lines.isEmpty()
                && journal.newest()
                        .filter(newest -> newest.version().value()
                                > lines.get(0).version().value())
                        .isPresent();
        return change(
                journal,
                older
                        ? (channel, before) -> rewrite(journal, channel, before, all -> insert(journal, lines, all))
                        : (channel, before) -> append(channel, text.toString()));
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
     * Replaces the lines with the same line numbers.
     *
     * @return why the journal could not be written, empty if it was written
     */
    public static Optional<String> replace(Journal journal, List<JournalLine> lines) {
        return change(
                journal,
                (channel, before) -> rewrite(
                        journal,
                        channel,
                        before,
                        all -> lines.forEach(line -> all.set(
                                line.number() - 1,
                                line.text() + all.get(line.number() - 1).replaceFirst("[^\r\n]*", "")))));
    }

    /** A change to an open and locked file, whose bytes are given. */
    private interface Change {
        void make(FileChannel channel, byte[] before) throws IOException;
    }

    /**
     * Changes the file under a lock, if it is still the one that was read. The file is opened only once, because closing one
     * channel would release the other one's lock.
     */
    private static Optional<String> change(Journal journal, Change change) {
        try {
            Object key = key(journal.path());
            try (FileChannel channel =
                    FileChannel.open(journal.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                boolean locked = !isLocked(channel);
                byte[] before = locked ? Channels.newInputStream(channel).readAllBytes() : new byte[0];
                // Before the lock was taken, another release may have replaced the file.
                if (!locked
                        || !Objects.equals(key, key(journal.path()))
                        || !JournalReader.parsed(journal.path(), before).equals(journal)) {
                    return Optional.of("it was changed while it was being read");
                }
                change.make(channel, before);
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }

    /** {@return the file's key, null on a system without such keys} */
    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Writes a new file, and moves it to the old one's place once it is completely on the disk. The change gets the lines with
     * their line ends.
     */
    private static void rewrite(Journal journal, FileChannel channel, byte[] before, Consumer<List<String>> change)
            throws IOException {
        String text = new String(before, StandardCharsets.UTF_8);
        String mark = text.startsWith(JournalParser.BYTE_ORDER_MARK) ? JournalParser.BYTE_ORDER_MARK : "";
        List<String> all = new ArrayList<>(List.of(text.substring(mark.length()).split("(?<=\n)|(?<=\r)(?!\n)")));
        change.accept(all);
        Path file = journal.path().toRealPath();
        Path beside = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new");
        try {
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                append(out, mark + String.join("", all));
                out.force(true);
            }
            if (!copyOwner(file, beside)) {
                // On Windows, an open file can't be replaced.
                channel.close();
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** {@return whether the system has POSIX owners and permissions} */
    private static boolean copyOwner(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
        view.setOwner(attributes.owner());
        view.setGroup(attributes.group());
        view.setPermissions(attributes.permissions());
        return true;
    }

    private static void append(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        long size = channel.size();
        try {
            // One write, unless the system accepts less at once.
            while (bytes.hasRemaining()) {
                channel.write(bytes, size + bytes.position());
            }
        } catch (IOException e) {
            // On a full disk, a part may have been written.
            channel.truncate(size);
            throw e;
        }
    }

    /** Whether another release holds the lock. On a file system without locks, never. The lock ends with the channel. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
