package org.asyncmigrations.example.threereleases.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.example.threereleases.application.Server;

/**
 * Users with their own customers. They know what they have written last, and so what they must read, whichever release
 * answers.
 */
final class Traffic {
    private static final int USERS = 2;

    /** Nearly 100 requests a second for each user: enough for every step of a roll-out, and the machine has time for the rest. */
    private static final long NANOS_BETWEEN_REQUESTS = 10_000_000;

    private static final List<String> NAMES =
            List.of("Plato", "Ada Lovelace", "Juana Inés de la Cruz", "Søren Kierkegaard", "Ludwig van Beethoven");

    private final Balancer balancer;
    private final RequestLog log;
    private final int customers;
    private final List<Map<Long, String>> written = new ArrayList<>();
    private final List<Thread> users = new ArrayList<>();
    private volatile boolean ended;

    Traffic(Balancer balancer, RequestLog log, int customers) {
        this.balancer = balancer;
        this.log = log;
        this.customers = customers;
    }

    void start() {
        for (int user = 0; user < USERS; user++) {
            int number = user;
            Map<Long, String> own = new HashMap<>();
            written.add(own);
            Thread thread = new Thread(() -> use(number, own), "user " + number);
            thread.setDaemon(true);
            thread.start();
            users.add(thread);
        }
    }

    /** Ends the traffic. {@return what was written last, by ID, for those customers that were written} */
    Map<Long, String> end() throws InterruptedException {
        ended = true;
        Map<Long, String> all = new HashMap<>();
        for (int user = 0; user < USERS; user++) {
            users.get(user).join();
            all.putAll(written.get(user));
        }
        return all;
    }

    private void use(int user, Map<Long, String> own) {
        Random random = new Random(user);
        long newest = (long) customers + user;
        try {
            while (!ended) {
                LockSupport.parkNanos(NANOS_BETWEEN_REQUESTS);
                long known = user + USERS * (long) (1 + random.nextInt(customers / USERS - 1));
                switch (random.nextInt(10)) {
                    case 0 -> write("add", newest += USERS, random, own);
                    case 1 -> write("put", newest += USERS, random, own);
                    case 2, 3 -> write("put", known, random, own);
                    case 4, 5 -> write("rename", known, random, own);
                    default -> request("name " + known, name(known, own));
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(long id, Map<Long, String> own) {
        return own.getOrDefault(id, Tables.firstName(id));
    }

    private void write(String verb, long id, Random random, Map<Long, String> own) throws InterruptedException {
        // Every fourth time, only upper and lower case change.
        String name = random.nextInt(4) == 0
                ? otherCase(name(id, own))
                : NAMES.get(random.nextInt(NAMES.size())) + " " + random.nextInt(1_000);
        request(verb + " " + id + " " + name, Server.OK);
        own.put(id, name);
    }

    private static String otherCase(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return name.equals(upper) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    private void request(String request, String expected) throws InterruptedException {
        long begin = System.nanoTime();
        Balancer.Answer answer = balancer.ask(request);
        log.add(request, answer, (System.nanoTime() - begin) / 1_000_000, expected);
    }
}
