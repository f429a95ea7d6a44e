package org.asyncmigrations.benchmarks.measure;

import java.util.List;

/** A benchmark, which one command runs. */
public interface Benchmark {
    /** {@return the names of the arguments that it knows} */
    List<String> arguments();

    /**
     * Measures, and prints its progress and, at the end, a table.
     *
     * @param arguments the command line
     * @throws Exception if something that is measured fails, because its figures would mean nothing
     */
    void run(Arguments arguments) throws Exception;
}
