package org.asyncmigrations.example.threereleases.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of the migrations, as a dashboard does, and prints each change. It has its own thread to read; any thread may
 * wait for a state.
 */
final class Migrations implements AutoCloseable {
    static final String DONE = "done";

    static final String WAITS_FOR_LOCK = "waits for a lock that is held by another session";

    private static final long MILLIS_BETWEEN_LOOKS = 50;

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

    synchronized boolean isDone(String migration) {
        return DONE.equals(seen.get(migration));
    }

    /** {@return who works on a migration, each as machine:process:number} */
    List<String> workers(String migration) {
        return dsl.fetchValues("""
                        select coalesce(r.owner, m.owner)
                        from async_schema_migrations m left join async_migration_ranges r on r.version = m.version
                        where m.name like ?""", "%" + migration).stream()
                .map(String::valueOf)
                .toList();
    }

    /** Says that a process is dead, as an operator may. Otherwise, gates count it for another five minutes. */
    void forget(long pid) {
        dsl.execute("delete from async_migration_instances where instance like ?", "%:" + pid + ":%");
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
        if (dsl.fetch("select 1 from information_schema.tables where table_name = 'async_schema_migrations'")
                .isEmpty()) {
            return;
        }
        for (Record row : dsl.fetch(
                "select name, state, throttled from async_schema_migrations where version > 0 order by version")) {
            String name = row.get("name", String.class);
            String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
            String stands = stands(row.get("state", String.class), row.get("throttled", String.class));
            if (!stands.equals(seen.put(simple, stands))) {
                timeline.say(simple + " " + stands);
                notifyAll();
            }
        }
    }

    private static String stands(String state, @Nullable String reason) {
        boolean isLock = reason != null && reason.contains("a lock");
        if (isLock) {
            // For how long, and at which try, changes with each look.
            return WAITS_FOR_LOCK;
        }
        boolean waits = reason != null && (state.equals("created") || state.equals("pending"));
        return waits ? state + ": " + reason : state;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
