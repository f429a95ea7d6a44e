package org.asyncmigrations.example.threereleases.driver;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes each request and its answer to a file, and counts them. Thread-safe. */
final class RequestLog implements AutoCloseable {
    private final BufferedWriter file;
    private final long begin = System.nanoTime();
    private final Map<String, Long> counts = new TreeMap<>();
    private long requests;
    private long failures;
    private long longestMillis;
    private @Nullable String firstFailure;

    RequestLog(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a request.
     *
     * @param request what was asked
     * @param answer what was answered, and by whom
     * @param millis how long it took
     * @param expected the right answer
     */
    synchronized void add(String request, Balancer.Answer answer, long millis, String expected) {
        boolean isRight = expected.equals(answer.text());
        String line = String.format(
                Locale.ROOT,
                "%.3f s, %s (%s): '%s' was answered '%s' after %d ms%s",
                (System.nanoTime() - begin) / 1e9,
                answer.by().release(),
                answer.by(),
                request,
                answer.text(),
                millis,
                isRight ? "" : ", not '" + expected + "'");
        counts.merge(request.substring(0, request.indexOf(' ')), 1L, Long::sum);
        requests++;
        notifyAll();
        longestMillis = Math.max(longestMillis, millis);
        if (!isRight) {
            failures++;
            firstFailure = firstFailure == null ? line : firstFailure;
        }
        try {
            file.write(line);
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this many more requests were answered. */
    synchronized void await(long more) throws InterruptedException {
        long until = requests + more;
        while (requests < until) {
            wait();
        }
    }

    synchronized long requests() {
        return requests;
    }

    synchronized long failures() {
        return failures;
    }

    /** {@return the longest time that a user has waited for an answer} */
    synchronized long longestMillis() {
        return longestMillis;
    }

    /** {@return the first failure, null if there was none} */
    synchronized @Nullable String firstFailure() {
        return firstFailure;
    }

    /** {@return how many requests of each kind there were} */
    synchronized String counts() {
        return counts.entrySet().stream()
                .map(kind -> String.format(Locale.ROOT, "%s %,d", kind.getKey(), kind.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
