package com.acme.content;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.asyncmigrations.*;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What javac does not survive when it is asked about a body in the middle of the rounds. */
final class Unattributed {
    private Unattributed() {}

    interface Cache {
        Cache delete(String key);

        void execute();

        static Cache cache() {
            return null;
        }
    }

    /** A compact constructor beside a call whose receiver only the compiler can tell. */
    @AsyncMigration(version = 191)
    @Idempotent(By.TRANSACTION)
    static final class CompactConstructor implements DataMigration {
        CompactConstructor() {}

        record Amount(int cents) {
            Amount {
                if (cents < 0) {
                    throw new IllegalArgumentException();
                }
            }
        }

        @Override
        public void migrate(MigrationRun run) {
            List.of(Cache.cache()).forEach(c -> c.delete("x" + new Amount(1)).execute());
        }
    }

    /** Untyped parameters of captured types. */
    @AfterRelease(version = 192)
    @Idempotent(By.TRANSACTION)
    static final class Captured implements DataMigration {
        Captured() {}

        @Override
        public void migrate(MigrationRun run) {
            run.dsl().transaction(tx -> tx.dsl().deleteFrom(table("cache")).where(field("old").isNotNull()).execute());
            List.of(Cache.cache()).forEach(c -> c.delete("x").execute());
            var list = new ArrayList<Map<String, ? extends Number>>();
            list.forEach(x -> x.forEach((k, v) -> System.out.println(k + v)));
            BiFunction<Integer, Integer, Integer> sum = (var a, var b) -> a + b;
            for (var cache : List.of(Cache.cache())) {
                cache.delete("y" + sum.apply(1, 2)).execute();
            }
            id(new OwnNames.Furniture()).dropTable();
            if ((Object) list instanceof ArrayList<?> found && !found.isEmpty()) {
                run.dsl().execute("delete from cache where a is null");
            }
        }

        private static <T> T id(T it) {
            return it;
        }
    }

    /** {@code var} of a type that is written only after the bodies are read. */
    @AfterRelease(version = 193)
    @Idempotent(By.TRANSACTION)
    static final class NotYetWritten implements DataMigration {
        NotYetWritten() {}

        @Override
        public void migrate(MigrationRun run) {
            var handle = ((AsyncMigrationRegistry) null).captured();
            handle.requireDone();
            CompactConstructor.class.cast(null);
            Captured.id(new OwnNames.Furniture()).truncateTable();
        }
    }

    /** Untyped parameters and variables of one's own types, with the names of jOOQ's. */
    @AfterRelease(version = 194)
    @Idempotent(By.TRANSACTION)
    static final class OwnTypes implements DataMigration {
        private final DSLContext it = DSL.using("jdbc:h2:mem:");

        OwnTypes() {}

        @Override
        public void migrate(MigrationRun run) {
            use(it -> it.dropTable());
            for (var it : new OwnNames.Furniture[] {}) {
                it.dropTable();
            }
            new Shop() {
                void run() {
                    createView();
                }
            }.run();
            Object any = it;
            if (any instanceof OwnNames.Furniture it) {
                it.dropTable();
            }
        }

        private static void use(java.util.function.Consumer<? super OwnNames.Furniture> consumer) {}
    }

    static class Shop {
        void createView() {}
    }
}
