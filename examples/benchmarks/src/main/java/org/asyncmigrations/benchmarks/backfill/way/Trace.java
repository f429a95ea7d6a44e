package org.asyncmigrations.benchmarks.backfill.way;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records the batches in a file: one line each, with the nanoseconds since the beginning and the rows. In a file, so that a long
 * run needs no more memory than a short one. Thread-safe.
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

    /** Sets the time from which the nanoseconds count. */
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
