package org.asyncmigrations.benchmarks.compile;

import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.benchmarks.measure.Jars;

/** This project, with migrations as users write them: a hundred in each package, and a table class for each ten of them. */
public record Migrations() implements Subject {
    private static final int A_PACKAGE = 100;
    private static final int A_TABLE = 10;

    /** Imports for all files, whether needed or not; most real files have more. */
    private static final String HEAD = """
            package com.acme.area%1$d;

            import static com.acme.area%1$d.Customers%2$d.CUSTOMERS;
            import static org.jooq.impl.DSL.lower;
            import static org.jooq.impl.DSL.trim;

            import org.asyncmigrations.*;
            import org.jooq.Condition;

            """;

    private static final String BATCH = """
            /** Fills the emails of table %2$d, which the log-in will read. */
            @AsyncMigration(version = %3$s, description = "emails in one spelling, for the log-in")
            @Idempotent(By.PENDING_ROWS)
            public final class BackfillEmail%1$d implements BatchMigration {
                @Override
                public BatchKey key() {
                    return BatchKey.of(CUSTOMERS, Customers%2$d.ID);
                }

                @Override
                public Condition pending() {
                    return Customers%2$d.EMAIL_LOWER.isNull().and(Customers%2$d.EMAIL.isNotNull());
                }

                @Override
                public long migrate(RowBatch batch) {
                    return batch.dsl()
                            .update(CUSTOMERS)
                            .set(Customers%2$d.EMAIL_LOWER, lower(trim(Customers%2$d.EMAIL)))
                            .where(batch.rows())
                            .execute();
                }
            }
            """;

    private static final String DATA = """
            @AsyncMigration(version = %3$s)
            @Idempotent(By.TRANSACTION)
            public final class ReadPlans%1$d implements DataMigration {
                private final java.time.Clock clock;

                public ReadPlans%1$d(java.time.Clock clock) {
                    this.clock = clock;
                }

                @Override
                public void migrate(MigrationRun run) {
                    // Plans that nobody has looked at are those of this year.
                    run.dsl()
                            .update(CUSTOMERS)
                            .set(Customers%2$d.PLAN, "plan " + java.time.Year.now(clock))
                            .where(Customers%2$d.PLAN.isNull())
                            .execute();
                }
            }
            """;

    private static final String AFTER_RELEASE = """
            @AfterRelease(version = %3$s, after = BackfillEmail%4$d.class)
            @Idempotent(By.TRANSACTION)
            public final class ForgetTokens%1$d implements DataMigration {
                @Override
                public void migrate(MigrationRun run) {
                    run.dsl()
                            .deleteFrom(CUSTOMERS)
                            .where(Customers%2$d.EMAIL.startsWith("v1:"))
                            .and(Customers%2$d.PLAN.isNull())
                            .execute();
                }
            }
            """;

    private static final String TABLE = """
            package com.acme.area%1$d;

            import static org.jooq.impl.DSL.field;
            import static org.jooq.impl.DSL.name;
            import static org.jooq.impl.DSL.table;

            import org.jooq.Field;
            import org.jooq.Record;
            import org.jooq.Table;

            public final class Customers%2$d {
                public static final Table<Record> CUSTOMERS = table(name("customers_%2$d"));
                public static final Field<Long> ID = field(name("id"), Long.class);
                public static final Field<String> EMAIL = field(name("email"), String.class);
                public static final Field<String> EMAIL_LOWER = field(name("email_lower"), String.class);
                public static final Field<String> PLAN = field(name("plan"), String.class);

                private Customers%2$d() {}
            }
            """;

    @Override
    public String name() {
        return "async-migrations";
    }

    @Override
    public String classPath() {
        return Jars.of(
                "org.asyncmigrations.AsyncMigration",
                "org.jooq.DSLContext",
                "org.reactivestreams.Publisher",
                "io.r2dbc.spi.ConnectionFactory",
                "org.slf4j.Logger",
                "org.jspecify.annotations.NullMarked");
    }

    @Override
    public String processorPath() {
        return Jars.of("org.asyncmigrations.processor.MigrationProcessor");
    }

    @Override
    public Map<String, String> sources(int count) {
        Map<String, String> sources = new TreeMap<>();
        sources.put("com/acme/package-info.java", "@org.asyncmigrations.AsyncMigrations\npackage com.acme;\n");
        for (int i = 0; i < count; i++) {
            int area = i / A_PACKAGE;
            int table = i / A_TABLE;
            String directory = "com/acme/area" + area + "/";
            sources.put(directory + name(i) + ".java", HEAD.formatted(area, table) + body(i, table));
            sources.put(directory + "Customers" + table + ".java", TABLE.formatted(area, table));
        }
        return sources;
    }

    /** Half of them walk a table, three tenths change it in one piece, two tenths wait for the release. */
    private static String name(int i) {
        return (i % 10 < 5 ? "BackfillEmail" : i % 10 < 8 ? "ReadPlans" : "ForgetTokens") + i;
    }

    private static String body(int i, int table) {
        String body = i % 10 < 5 ? BATCH : i % 10 < 8 ? DATA : AFTER_RELEASE;
        return body.formatted(i, table, version(i), i / 10 * 10);
    }

    /** One minute after the previous one. */
    private static String version(int i) {
        return "2026%02d%02d_%02d%02d00L".formatted(1 + i / 37_440, 1 + i / 1_440 % 26, i / 60 % 24, i % 60);
    }
}
