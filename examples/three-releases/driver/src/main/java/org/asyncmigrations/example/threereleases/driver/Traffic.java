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
 * Users with their own customers and orders. They know what they have written last, and so what they must read, whichever release
 * answers. Any thread may read the counts.
 */
final class Traffic {
    private static final int USERS = 2;

    /** Nearly 100 requests a second for each user: enough for every step of a roll-out, and the machine has time for the rest. */
    private static final long NANOS_BETWEEN_REQUESTS = 10_000_000;

    private static final List<String> NAMES =
            List.of("Plato", "Ada Lovelace", "Juana Inés de la Cruz", "Søren Kierkegaard", "Ludwig van Beethoven");

    private final Balancer balancer;
    private final RequestLog log;
    private final int rows;
    private final List<Written> written = new ArrayList<>();
    private final List<Thread> users = new ArrayList<>();
    private volatile boolean ended;

    /**
     * What was written last, by ID.
     *
     * @param names the names of customers
     * @param totals the totals of orders
     */
    record Written(Map<Long, String> names, Map<Long, Long> totals) {
        Written() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    Traffic(Balancer balancer, RequestLog log, int rows) {
        this.balancer = balancer;
        this.log = log;
        this.rows = rows;
    }

    void start() {
        for (int user = 0; user < USERS; user++) {
            int number = user;
            Written own = new Written();
            written.add(own);
            Thread thread = new Thread(() -> use(number, own), "user " + number);
            thread.setDaemon(true);
            thread.start();
            users.add(thread);
        }
    }

    long requests() {
        return log.requests();
    }

    long failures() {
        return log.failures();
    }

    /** Ends the traffic. {@return what was written last, for what was written} */
    Written end() throws InterruptedException {
        ended = true;
        Written all = new Written();
        for (int user = 0; user < USERS; user++) {
            users.get(user).join();
            all.names().putAll(written.get(user).names());
            all.totals().putAll(written.get(user).totals());
        }
        return all;
    }

    private void use(int user, Written own) {
        Random random = new Random(user);
        long newest = (long) rows + user;
        try {
            while (!ended) {
                LockSupport.parkNanos(NANOS_BETWEEN_REQUESTS);
                newest += USERS;
                // The first two rows belong to nobody.
                long known = user + USERS * (long) (1 + random.nextInt(rows / USERS - 1));
                switch (random.nextInt(16)) {
                    case 0 -> write("add", newest, random, own);
                    case 1 -> write("put", newest, random, own);
                    case 2, 3, 4 -> write("put", known, random, own);
                    case 5, 6, 7 -> write("rename", known, random, own);
                    case 8 -> write("place", newest, random.nextInt(1_000_000), own);
                    case 9, 10 -> write("correct", known, random.nextInt(1_000_000), own);
                    case 11 -> request("total " + known, Long.toString(total(known, own)));
                    default -> request("name " + known, name(known, own));
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(long id, Written own) {
        return own.names().getOrDefault(id, Tables.firstName(id));
    }

    private static long total(long id, Written own) {
        return own.totals().getOrDefault(id, Tables.firstTotal(id));
    }

    private void write(String verb, long id, Random random, Written own) throws InterruptedException {
        // Every fourth time, only upper and lower case change.
        String name = random.nextInt(4) == 0
                ? otherCase(name(id, own))
                : NAMES.get(random.nextInt(NAMES.size())) + " " + random.nextInt(1_000);
        request(verb + " " + id + " " + name, Server.OK);
        own.names().put(id, name);
    }

    private static String otherCase(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return name.equals(upper) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    private void write(String verb, long id, long cents, Written own) throws InterruptedException {
        request(verb + " " + id + " " + cents, Server.OK);
        own.totals().put(id, cents);
    }

    private void request(String request, String expected) throws InterruptedException {
        long begin = System.nanoTime();
        Balancer.Answer answer = balancer.ask(request);
        log.add(request, answer, (System.nanoTime() - begin) / 1_000_000, expected);
    }
}
