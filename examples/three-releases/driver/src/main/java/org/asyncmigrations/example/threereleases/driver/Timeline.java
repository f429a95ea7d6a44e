package org.asyncmigrations.example.threereleases.driver;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens, a line each: when, how many instances of which release, and after how many requests. Thread-safe. */
final class Timeline {
    private static final double NANOS_A_SECOND = 1e9;

    private final PrintStream out;
    private final Balancer balancer;
    private final RequestLog log;
    private final long begin = System.nanoTime();

    Timeline(PrintStream out, Balancer balancer, RequestLog log) {
        this.out = out;
        this.balancer = balancer;
        this.log = log;
        out.println("       instances of");
        out.println("     s  1  2  3  requests  failed  event");
    }

    synchronized void say(String event) {
        out.printf(
                Locale.ROOT,
                "%6.1f %2d %2d %2d %,9d %7d  %s%n",
                (System.nanoTime() - begin) / NANOS_A_SECOND,
                balancer.serving(1),
                balancer.serving(2),
                balancer.serving(3),
                log.requests(),
                log.failures(),
                event);
    }
}
