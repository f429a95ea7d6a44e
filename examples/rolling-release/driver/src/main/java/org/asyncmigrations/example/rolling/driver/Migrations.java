package org.asyncmigrations.example.rolling.driver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Reads the state of the migrations, as a dashboard does, and prints each change. It has its own thread to read; any thread may
 * wait for a state.
 */
final class Migrations implements AutoCloseable {
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final DSLContext dsl;
    private final Timeline timeline;
    private final Map<String, String> seen = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::watch, "migrations");
    private boolean closed;

    Migrations(DSLContext dsl, Timeline timeline) {
        this.dsl = dsl;
        this.timeline = timeline;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until a migration has a certain state. */
    synchronized void await(String migration, Predicate<String> stands) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
        while (!stands.test(seen.getOrDefault(migration, ""))) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(migration + " " + seen.get(migration));
            }
            wait(MILLIS_BETWEEN_LOOKS);
        }
    }

    private synchronized void watch() {
        try {
            while (!closed) {
                look();
                wait(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        // The first instance creates the tables in the background after its start.
        if (dsl.fetchValue("select to_regclass('async_schema_migrations')") == null) {
            return;
        }
        for (Record row : dsl.fetch(
                "select name, state, throttled from async_schema_migrations where version > 0 order by version")) {
            String name = row.get("name", String.class);
            String simple = name.substring(name.lastIndexOf('.') + 1);
            String state = row.get("state", String.class);
            String reason = row.get("throttled", String.class);
            boolean waits = reason != null && (state.equals("created") || state.equals("pending"));
            String stands = waits ? state + ": " + reason : state;
            if (!stands.equals(seen.put(simple, stands))) {
                timeline.say(simple + " " + stands);
                notifyAll();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
