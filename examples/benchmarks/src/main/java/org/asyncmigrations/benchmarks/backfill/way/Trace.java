package org.asyncmigrations.benchmarks.backfill.way;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down when how many rows were changed: a line a batch, with the nanoseconds since the beginning and the rows. To a file, so
 * that a long run holds no more memory than a short one. Safe for threads.
 */
final class Trace implements AutoCloseable {
    private final PrintWriter lines;
    private long begin = System.nanoTime();

    Trace(Path file) {
        try {
            lines = new PrintWriter(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From here on the time counts. */
    synchronized void begin() {
        begin = System.nanoTime();
    }

    synchronized void batch(long rows) {
        lines.print(System.nanoTime() - begin);
        lines.print(' ');
        lines.println(rows);
    }

    @Override
    public synchronized void close() {
        lines.close();
    }
}
