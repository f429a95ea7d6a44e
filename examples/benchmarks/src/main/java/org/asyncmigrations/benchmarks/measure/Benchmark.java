package org.asyncmigrations.benchmarks.measure;

import java.util.List;

/** Something that can be measured by one command. */
public interface Benchmark {
    /** {@return the names of the arguments that it knows} */
    List<String> arguments();

    /**
     * Measures, prints how far it is and, at the end, a table.
     *
     * @param arguments what the command line says
     * @throws Exception when something that is measured fails: figures of it would mean nothing
     */
    void run(Arguments arguments) throws Exception;
}
