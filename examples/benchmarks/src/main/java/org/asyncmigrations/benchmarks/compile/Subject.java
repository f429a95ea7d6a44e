package org.asyncmigrations.benchmarks.compile;

import java.util.Map;

/** A processor, and sources for it: the same that are compiled without it. */
interface Subject {
    /** As it is called in the table. */
    String name();

    /** What its sources are compiled against. */
    String classPath();

    /** The processor with all that it needs. */
    String processorPath();

    /** So many annotated classes, and what belongs to them: texts by the names of their files, always the same. */
    Map<String, String> sources(int count);
}
