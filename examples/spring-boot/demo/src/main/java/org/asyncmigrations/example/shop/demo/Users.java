package org.asyncmigrations.example.shop.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Users who send requests to all instances in turn, and the load balancer in front of these. Each user has customers of its own,
 * and so knows the right answer, whichever release gives it.
 */
final class Users {
    private static final int USERS = 2;

    private final List<Instance> instances = new CopyOnWriteArrayList<>();
    /** Read-locked by each request, and write-locked to take an instance out. */
    private final ReadWriteLock serving = new ReentrantReadWriteLock(true);

    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    record Customer(long id, String name) {}

    /** Begins to send requests to an instance. */
    void join(Instance instance) {
        instances.add(instance);
    }

    /** Stops sending requests to an instance, and waits until its current ones are answered. */
    void leave(Instance instance) {
        serving.writeLock().lock();
        instances.remove(instance);
        serving.writeLock().unlock();
    }

    List<Instance> instances() {
        return List.copyOf(instances);
    }

    void start(int customers) {
        for (int user = 0; user < USERS; user++) {
            int number = user;
            Thread thread = new Thread(() -> use(number, customers), "user " + user);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    int answered() {
        return answered.get();
    }

    /** {@return what went wrong} */
    List<String> failures() {
        return failures;
    }

    /** {@return the last name of each customer that was written} */
    Map<Long, String> names() {
        return names;
    }

    private void use(int user, int customers) {
        Random random = new Random(user);
        List<Long> own = new ArrayList<>();
        for (long id = user + 1; id <= customers; id += USERS) {
            own.add(id);
        }
        for (int request = 0; !ended; request++) {
            serving.readLock().lock();
            Instance instance = instances.get(request % instances.size());
            try {
                request(instance, random.nextInt(10), own, own.get(random.nextInt(own.size())), "Ada " + request);
                answered.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(5); // leaves a small machine enough time for the applications
            } catch (Exception failure) {
                failures.add("release " + instance.release() + ": " + failure);
            } finally {
                serving.readLock().unlock();
            }
        }
    }

    private void request(Instance instance, int kind, List<Long> own, long id, String name) {
        RestClient http = instance.http();
        if (kind == 0) {
            Customer added = send(http.post().uri("/customers"), name);
            names.put(added.id(), name);
            own.add(added.id());
        } else if (kind < 4) {
            send(http.put().uri("/customers/{id}", id), name);
            names.put(id, name);
        } else {
            Customer found = http.get().uri("/customers/{id}", id).retrieve().body(Customer.class);
            expect(names.getOrDefault(id, "Customer " + id), String.valueOf(found.name()).strip());
        }
    }

    private static Customer send(RestClient.RequestBodySpec request, String name) {
        Customer answer = request.contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("name", name))
                .retrieve()
                .body(Customer.class);
        expect(name, answer.name());
        return answer;
    }

    private static void expect(String expected, String name) {
        if (!expected.equals(name)) {
            throw new IllegalStateException("'" + name + "' is not '" + expected + "'");
        }
    }
}
