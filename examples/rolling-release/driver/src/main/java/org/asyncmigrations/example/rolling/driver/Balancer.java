package org.asyncmigrations.example.rolling.driver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends each request to the instance that has been idle for longest, and none to those that have left. Safe for threads. */
final class Balancer {
    private final List<Instance> all = new ArrayList<>();
    private final Deque<Instance> idle = new ArrayDeque<>();

    synchronized void join(Instance instance) {
        all.add(instance);
        giveBack(instance);
    }

    /** Takes an instance out once it has answered what it was asked: a platform calls this draining. */
    synchronized void leave(Instance instance) throws InterruptedException {
        while (!idle.remove(instance)) {
            wait();
        }
        all.remove(instance);
    }

    /** {@return the answer, null when the instance has gone} */
    @Nullable
    String ask(String request) throws InterruptedException {
        Instance instance = take();
        try {
            return instance.ask(request);
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

    /** {@return those that serve, the oldest first} */
    synchronized List<Instance> serving() {
        return List.copyOf(all);
    }

    synchronized long serving(int release) {
        return all.stream().filter(instance -> instance.release() == release).count();
    }
}
