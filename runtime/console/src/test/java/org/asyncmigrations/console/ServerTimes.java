package org.asyncmigrations.console;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;

/** Measures how long each page takes on the server, and how large it is; on PostgreSQL. No test. */
public final class ServerTimes {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int WARM = 60;
    private static final int MEASURED = 120;

    private ServerTimes() {}

    public static void main(String[] arguments) {
        System.out.printf("%-40s %8s %8s %8s %10s%n", "page", "median", "95 %", "CPU", "bytes");
        for (int migrations : new int[] {1, 1_000}) {
            MigrationEntry[] entries = IntStream.rangeClosed(1, migrations)
                    .mapToObj(i -> MigrationEntry.async(
                            20_260_000_000_000L + i, "com.acme.shop.Fill" + i, By.PENDING_ROWS, "f"))
                    .toArray(MigrationEntry[]::new);
            try (StateRows rows = StateRows.on(TestDatabase.POSTGRES).register(entries)) {
                long last = entries[migrations - 1].version();
                var m = StateRows.TABLES.migrations();
                rows.database()
                        .dsl()
                        .update(m)
                        .set(Map.of(m.STATE, "done", m.FINISHED_AT, StateRows.now()))
                        .where(m.VERSION.lt(last - 20))
                        .execute();
                rows.set(last, Map.of(m.STATE, "processing", m.ROWS_ESTIMATED, 1_000_000L));
                rows.instance(
                        "i",
                        "host",
                        "1",
                        StateRows.BUILD,
                        String.join(
                                ",",
                                Arrays.stream(entries)
                                        .map(e -> "" + e.version())
                                        .toList()),
                        Duration.ZERO);
                rows.range(last, 1, "i#1", "1", "2", "3", 1_000).reject(last, "1", "no");
                String of = " of " + migrations;
                measure("list" + of, rows.operator(), "");
                measure("list" + of + ", search", rows.operator(), "q=ill77");
                measure("migration" + of, rows.operator(), "migration=" + last);
                measure("instances" + of, rows.operator(), "view=instances");
                measure("events" + of, rows.operator(), "view=events");
                measure("events" + of + ", page 20", rows.operator(), "view=events&page=19");
                measure("list as JSON" + of, rows.operator(), "format=json");
                if (migrations == 1) {
                    registries(rows.operator());
                }
            }
        }
        System.exit(0);
    }

    private static void registries(Operator operator) {
        Map<String, Operator> all = new LinkedHashMap<>();
        IntStream.range(0, 2_000).forEach(i -> all.put(String.format(Locale.ROOT, "tenant-%04d", i), operator));
        Console console = Console.builder().registries(() -> all).build();
        measure("2,000 registries, none read yet", console, "");
        for (int i = 0; i < 2_000; i++) {
            console.answer(request("registry=" + String.format(Locale.ROOT, "tenant-%04d", i) + "&view=instances"));
        }
        measure("2,000 registries, all read", console, "");
        measure("2,000 registries, search", console, "q=777");
        measure("a registry of 2,000", console, "registry=tenant-0777");
        console.close();
    }

    private static ConsoleRequest request(String query) {
        return new ConsoleRequest("GET", query, name -> null, Map.of(), "ana", Map.of());
    }

    /** Each look a minute after the one before, so that nothing is read for an earlier one. */
    private static void measure(String name, Operator operator, String query) {
        Instant[] time = {Instant.now()};
        try (Console console = Console.builder()
                .registry("shop", operator)
                .authorizer((p, r, o, v) -> true)
                .build(() -> {
                    time[0] = time[0].plusSeconds(60);
                    return time[0];
                })) {
            measure(name, console, query);
        }
    }

    private static void measure(String name, Console console, String query) {
        long[] took = new long[WARM + MEASURED];
        long[] used = new long[WARM + MEASURED];
        int bytes = 0;
        for (int i = 0; i < took.length; i++) {
            long begin = System.nanoTime();
            long cpu = CPU.getCurrentThreadCpuTime();
            bytes = console.answer(request(query)).body().length;
            used[i] = CPU.getCurrentThreadCpuTime() - cpu;
            took[i] = System.nanoTime() - begin;
        }
        System.out.printf(
                Locale.ROOT,
                "%-40s %5.1f ms %5.1f ms %5.1f ms %,10d%n",
                name,
                share(took, .5),
                share(took, .95),
                share(used, .5),
                bytes);
    }

    private static double share(long[] took, double share) {
        long[] warm = Arrays.stream(took, WARM, took.length).sorted().toArray();
        return warm[(int) (warm.length * share)] / 1e6;
    }
}
