package org.asyncmigrations.example.threereleases.driver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends each request to the instance that has been idle longest, and none to instances that have left. Thread-safe. */
final class Balancer {
    private final List<Instance> all = new ArrayList<>();
    private final Deque<Instance> idle = new ArrayDeque<>();

    /**
     * What an instance has answered.
     *
     * @param by the instance
     * @param text the answer, null if the instance is gone
     */
    record Answer(Instance by, @Nullable String text) {}

    synchronized void join(Instance instance) {
        all.add(instance);
        giveBack(instance);
    }

    /** Takes an instance out once it has answered its request; platforms call this draining. */
    synchronized void leave(Instance instance) throws InterruptedException {
        while (!idle.remove(instance)) {
            wait();
        }
        all.remove(instance);
    }

    Answer ask(String request) throws InterruptedException {
        Instance instance = take();
        try {
            return new Answer(instance, instance.ask(request));
        } finally {
            giveBack(instance);
        }
    }

    private synchronized Instance take() throws InterruptedException {
        while (idle.isEmpty()) {
            wait();
        }
        return idle.removeFirst();
    }

    private synchronized void giveBack(Instance instance) {
        idle.addLast(instance);
        notifyAll();
    }

    /** {@return the instances that serve requests, the oldest first} */
    synchronized List<Instance> serving() {
        return List.copyOf(all);
    }

    synchronized long serving(int release) {
        return all.stream()
                .filter(instance -> instance.release().number() == release)
                .count();
    }
}
