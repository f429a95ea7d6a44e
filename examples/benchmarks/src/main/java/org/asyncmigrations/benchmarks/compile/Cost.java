package org.asyncmigrations.benchmarks.compile;

/**
 * What one compile took.
 *
 * @param wallSeconds from the JVM's start to its end
 * @param cpuSeconds of all its threads, user and system
 * @param liveMegabytes the most that was reachable on the heap, NaN if it wasn't measured
 * @param residentMegabytes the most memory that the process had, NaN if the system doesn't report it
 */
record Cost(double wallSeconds, double cpuSeconds, double liveMegabytes, double residentMegabytes) {}
