package org.asyncmigrations.benchmarks.backfill.way;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.benchmarks.backfill.migrations.BatchChange;

/** The ways, by name. */
public final class Ways {
    /** One UPDATE of the whole table. */
    public static final String SINGLE_UPDATE = "single";

    /** A loop written by hand. */
    public static final String JDBC_LOOP = "jdbc-1";

    /** Two loops written by hand, half of the keys each. */
    public static final String TWO_JDBC_LOOPS = "jdbc-2";

    /** This project's protocol in plain JDBC, with two workers. */
    public static final String PROTOCOL = "protocol-2";

    /** The same, each row in Java. */
    public static final String ROWS_PROTOCOL = "protocol-rows-2";

    /** Spring Batch with two partitions. */
    public static final String SPRING_BATCH = "spring-2";

    /** This project, one statement for each batch, with its default of two threads. */
    public static final String SET_BASED = "set-2";

    /** This project, each row in Java, with its default of two threads. */
    public static final String ROW_BY_ROW = "rows-2";

    private static final Map<String, Way> ALL = new LinkedHashMap<>();

    static {
        ALL.put(SINGLE_UPDATE, new SingleUpdate());
        ALL.put(JDBC_LOOP, new JdbcLoops(1, true));
        ALL.put(TWO_JDBC_LOOPS, new JdbcLoops(2, true));
        ALL.put("jdbc-2-async", new JdbcLoops(2, false));
        ALL.put(PROTOCOL, new JdbcProtocol(2, false));
        ALL.put(ROWS_PROTOCOL, new JdbcProtocol(2, true));
        ALL.put("procedure-2", new ProcedureLoops(2));
        ALL.put("spring-1", new SpringBatch(1));
        ALL.put(SPRING_BATCH, new SpringBatch(2));
        for (int threads : new int[] {1, 2, 4}) {
            ALL.put("set-" + threads, new Migrate(threads, BatchChange.SET_BASED));
        }
        for (int threads : new int[] {1, 2, 4}) {
            ALL.put("rows-" + threads, new Migrate(threads, BatchChange.ROW_BY_ROW));
        }
        ALL.put("columns-2", new Migrate(2, BatchChange.SOME_COLUMNS));
    }

    private Ways() {}

    /** {@return all names, in the order in which they are printed} */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The number of workers of a way.
     *
     * @param name its name
     * @return the number in its name, 1 if there is none
     */
    public static int workers(String name) {
        String number = name.replaceAll("\\D", "");
        return number.isEmpty() ? 1 : Integer.parseInt(number);
    }

    static Way of(String name) {
        Way way = ALL.get(name);
        if (way == null) {
            throw new IllegalArgumentException("there is no way " + name + "; there are " + names());
        }
        return way;
    }
}
