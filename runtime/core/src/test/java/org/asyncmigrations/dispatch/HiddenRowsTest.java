package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;

/** Rows that a row-level security policy of PostgreSQL hides from the migrations' user are never skipped silently. */
class HiddenRowsTest {
    private static final Field<Long> VAT = field(name("vat"), SQLDataType.BIGINT);

    private static final class FillVat implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table(name("invoices")), field(name("id"), SQLDataType.BIGINT));
        }

        @Override
        public Condition pending() {
            return VAT.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(table(name("invoices")))
                    .set(VAT, 19L)
                    .where(batch.rows())
                    .execute();
        }
    }

    /** A database owned by an unprivileged user, who can't bypass the policy. */
    private record Tenants(Fresh fresh, HikariDataSource app) implements AutoCloseable {
        static Tenants create() {
            Fresh fresh = TestDatabase.POSTGRES.fresh();
            String user = "app_" + fresh.url().substring(fresh.url().length() - 12);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(fresh.url());
            config.setUsername(user);
            config.setPassword("");
            config.setMaximumPoolSize(4);
            config.setMinimumIdle(0);
            fresh.dsl().execute("create role " + user + " login");
            fresh.dsl().execute("create table invoices (id bigint primary key, tenant int not null, vat bigint)");
            fresh.dsl().execute("insert into invoices select i, i % 10, null from generate_series(1, 1000) i");
            fresh.dsl().execute("alter table invoices owner to " + user);
            fresh.dsl().execute("alter table invoices enable row level security");
            fresh.dsl().execute("alter table invoices force row level security");
            fresh.dsl()
                    .execute("create policy own on invoices"
                            + " using (tenant = nullif(current_setting('app.tenant', true), '')::int)");
            fresh.dsl().execute("alter schema public owner to " + user);
            return new Tenants(fresh, new HikariDataSource(config));
        }

        int left() {
            return fresh.dsl().fetchCount(table("invoices"), VAT.isNull());
        }

        @Override
        public void close() {
            String user = app.getUsername();
            app.close();
            fresh.dsl().execute("reassign owned by " + user + " to postgres");
            fresh.dsl().execute("drop owned by " + user);
            fresh.dsl().execute("drop role " + user);
            fresh.close();
        }
    }

    @Test
    void aTableWithAPolicyIsRefusedBeforeItsFirstBatch() throws Exception {
        try (Tenants tenants = Tenants.create()) {
            Seen seen =
                    TroubleBench.run(tenants.app(), new TestCatalog().batch(1, new FillVat()), b -> b.maxAttempts(5));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1))
                    .contains("row-level security", "invoices", "BYPASSRLS")
                    .doesNotContain("name what the database has");
            assertThat(seen.of(1).attempts()).isEqualTo(1);
            assertThat(seen.message()).contains("migration 1 (M1)").doesNotContain("refuses this user");
            assertThat(tenants.left()).isEqualTo(1_000);
            try (Dispatcher registry =
                    new TestCatalog().batch(1, new FillVat()).on(tenants.app()).build()) {
                assertThatThrownBy(registry.migration(1)::plan)
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("row-level security");
            }
        }
    }

    @Test
    void whoeverMayPassThePolicyIsNotRefused() throws Exception {
        try (Tenants tenants = Tenants.create()) {
            tenants.fresh().dsl().execute("alter role " + tenants.app().getUsername() + " bypassrls");
            assertThat(TroubleBench.run(tenants.app(), new TestCatalog().batch(1, new FillVat()))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(tenants.left()).isZero();
        }
    }

    @Test
    void aMigrationInOnePieceFailsWithTheAdvice() throws Exception {
        try (Tenants tenants = Tenants.create()) {
            DataMigration all =
                    run -> run.dsl().update(table("invoices")).set(VAT, 19L).execute();
            Seen seen = TroubleBench.run(tenants.app(), new TestCatalog().data(1, all));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("BYPASSRLS", "set local row_security = on");
            assertThat(seen.message()).doesNotContain("refuses this user");
            assertThat(tenants.left()).isEqualTo(1_000);
        }
    }

    @Test
    void oneThatMeansToSeeWhatAPolicyShowsSaysSo() throws Exception {
        try (Tenants tenants = Tenants.create()) {
            Seen seen = TroubleBench.run(tenants.app(), new TestCatalog().data(1, run -> {
                        run.dsl().execute("set local row_security = on");
                        run.dsl().execute("set local app.tenant = '3'");
                        run.dsl().update(table("invoices")).set(VAT, 19L).execute();
                    }));
            assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
            assertThat(tenants.left()).isEqualTo(900);
        }
    }

    /** Another table than the walked one. */
    @Test
    void aBatchThatReadsATableWithAPolicyFailsWithTheAdvice() throws Exception {
        try (Tenants tenants = Tenants.create()) {
            tenants.fresh().dsl().execute("create table totals (id bigint primary key, vat bigint)");
            tenants.fresh().dsl().execute("insert into totals select i, null from generate_series(1, 10) i");
            tenants.fresh()
                    .dsl()
                    .execute("alter table totals owner to " + tenants.app().getUsername());
            BatchMigration totals = new BatchMigration() {
                @Override
                public BatchKey key() {
                    return BatchKey.of(table(name("totals")), field(name("id"), SQLDataType.BIGINT));
                }

                @Override
                public Condition pending() {
                    return VAT.isNull();
                }

                @Override
                public long migrate(RowBatch batch) {
                    return batch.dsl()
                            .update(table(name("totals")))
                            .set(VAT, field("(select count(*) from invoices)", Long.class))
                            .where(batch.rows())
                            .execute();
                }
            };
            Seen seen = TroubleBench.run(tenants.app(), new TestCatalog().batch(1, totals));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("BYPASSRLS");
        }
    }
}
