package org.asyncmigrations.benchmarks.compile;

import java.util.Map;

/** A processor, and sources that can also be compiled without it. */
interface Subject {
    /** {@return its name in the table} */
    String name();

    /** {@return the class path for its sources} */
    String classPath();

    /** {@return the processor with everything that it needs} */
    String processorPath();

    /**
     * {@return this number of annotated classes, and what belongs to them: texts by the names of their files, the same each time}
     */
    Map<String, String> sources(int count);
}
