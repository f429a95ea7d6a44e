package org.asyncmigrations.example.retiredcolumns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.example.retiredcolumns.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.asyncmigrations.example.retiredcolumns.schema.tables.records.CustomersRecord;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generated classes are those that jOOQ's Maven plugin has written in this build. */
class DropFullNameTest {
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:retired", "sa", "");
    private final DSLContext dsl = DSL.using(pool, SQLDialect.H2);

    @BeforeEach
    void makeTheTables() throws IOException {
        try (InputStream schema = DropFullName.class.getResourceAsStream("/schema.sql")) {
            dsl.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        dsl.execute("drop all objects");
        pool.dispose();
    }

    @Test
    void theGeneratedClassesDoNotHaveTheColumnWhileTheTableDoes() {
        assertThat(CUSTOMERS.fields()).extracting(Field::getName).containsExactly("id", "first_name", "last_name");
        assertThat(CUSTOMERS.getIndexes()).isEmpty();
        CustomersRecord ada = dsl.newRecord(CUSTOMERS);
        ada.setId(1L);
        ada.setFirstName("Ada");
        ada.setLastName("Lovelace");
        assertThat(ada.store()).isEqualTo(1);
        assertThat(columns()).contains("full_name");
    }

    @Test
    void theColumnIsDroppedOnceNoOlderInstanceIsAtWork() throws InterruptedException {
        try (AsyncMigrationRegistry migrations =
                AsyncMigrationRegistry.builder(pool).build()) {
            Dispatch work = migrations.dispatch(Mode.AFTER);
            assertThat(work.await(Duration.ofMinutes(2))).as(work::message).isEqualTo(Outcome.DONE);
        }
        assertThat(columns()).containsExactly("id", "first_name", "last_name");
    }

    private List<String> columns() {
        return Stream.of(dsl.select(asterisk())
                        .from(table(name("customers")))
                        .fetch()
                        .fields())
                .map(Field::getName)
                .toList();
    }
}
