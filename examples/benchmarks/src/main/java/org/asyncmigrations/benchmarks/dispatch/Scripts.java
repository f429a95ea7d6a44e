package org.asyncmigrations.benchmarks.dispatch;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The same changes as scripts, which Flyway and Liquibase read at each start.
 *
 * @param count how many changes
 */
record Scripts(int count) {
    /** How many changes share a table, as in the migrations of the compile benchmark. */
    private static final int A_TABLE = 10;

    /** {@return the tables for this project's migrations; the scripts create their own} */
    String schema() {
        return IntStream.range(0, count)
                .filter(i -> i % A_TABLE == 0)
                .mapToObj(Scripts::table)
                .collect(Collectors.joining());
    }

    /** {@return one script for each change} */
    Map<String, String> flyway() {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            files.put("db/migration/V%d__Backfill_email_%d.sql".formatted(20_260_101_000_000L + i, i), script(i));
        }
        return files;
    }

    /** {@return one changelog, with a change set for each change} */
    Map<String, String> liquibase() {
        String changeSets = IntStream.range(0, count)
                .mapToObj(i -> "\n--changeset acme:%d\n%s".formatted(20_260_101_000_000L + i, script(i)))
                .collect(Collectors.joining());
        return Map.of(LiquibaseStart.CHANGELOG, "--liquibase formatted sql\n" + changeSets);
    }

    private static String table(int i) {
        return """
                create table customers_%1$d (id bigint primary key, email text, email_lower text, plan text);
                insert into customers_%1$d values (1, 'Someone@Example.com', null, null);
                """.formatted(i / A_TABLE);
    }

    private static String script(int i) {
        return (i % A_TABLE == 0 ? table(i) : "") + """
                update customers_%d
                set email_lower = lower(trim(email))
                where email_lower is null and email is not null;
                """.formatted(i / A_TABLE);
    }
}
