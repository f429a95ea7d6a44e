package org.asyncmigrations.example.rolling.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.example.rolling.application.Name;
import org.asyncmigrations.example.rolling.application.Server;
import org.jspecify.annotations.Nullable;

/**
 * Users with their own customers. They know what they have written last, and so what they must read, whichever release answers.
 * Any thread may read the counts.
 */
final class Traffic {
    private static final int USERS = 2;

    /** Nearly 100 requests a second for each user: enough for every step of a roll-out, and the machine has time for the rest. */
    private static final long NANOS_BETWEEN_REQUESTS = 10_000_000;

    private final Balancer balancer;
    private final int customers;
    private final List<Map<Long, Name>> written = new ArrayList<>();
    private final List<Thread> users = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private volatile boolean ended;

    Traffic(Balancer balancer, int customers) {
        this.balancer = balancer;
        this.customers = customers;
    }

    void start() {
        for (int user = 0; user < USERS; user++) {
            int number = user;
            Map<Long, Name> own = new HashMap<>();
            written.add(own);
            Thread thread = new Thread(() -> use(number, own), "user " + number);
            thread.setDaemon(true);
            thread.start();
            users.add(thread);
        }
    }

    long requests() {
        return requests.get();
    }

    long failures() {
        return failures.get();
    }

    /** {@return the first failure, null if there was none} */
    @Nullable
    String firstFailure() {
        return firstFailure.get();
    }

    /** {@return the longest time that a user has waited for an answer} */
    long longestMillis() {
        return longestNanos.get() / 1_000_000;
    }

    /** Ends the traffic. {@return what was written last, for those customers that were written} */
    Map<Long, Name> end() throws InterruptedException {
        ended = true;
        Map<Long, Name> all = new HashMap<>();
        for (int user = 0; user < USERS; user++) {
            users.get(user).join();
            all.putAll(written.get(user));
        }
        return all;
    }

    private void use(int user, Map<Long, Name> own) {
        Random random = new Random(user);
        long newest = (long) customers + user;
        try {
            while (!ended) {
                LockSupport.parkNanos(NANOS_BETWEEN_REQUESTS);
                long known = user + USERS * (long) (1 + random.nextInt(customers / USERS - 1));
                switch (random.nextInt(10)) {
                    case 0 -> write("create", newest += USERS, random, own);
                    case 1, 2, 3, 4 -> write("rename", known, random, own);
                    default ->
                        request(
                                "read " + known,
                                own.getOrDefault(known, Tables.first(known)).toString());
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String verb, long id, Random random, Map<Long, Name> own) throws InterruptedException {
        Name name = new Name("Ada" + random.nextInt(1_000_000), "Lovelace" + random.nextInt(1_000_000));
        request(verb + " " + id + " " + name, Server.OK);
        own.put(id, name);
    }

    private void request(String request, String expected) throws InterruptedException {
        long begin = System.nanoTime();
        String answer = balancer.ask(request);
        longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        if (!expected.equals(answer)) {
            failures.incrementAndGet();
            firstFailure.compareAndSet(null, "'" + request + "' was answered '" + answer + "', not '" + expected + "'");
        }
        requests.incrementAndGet();
    }
}
