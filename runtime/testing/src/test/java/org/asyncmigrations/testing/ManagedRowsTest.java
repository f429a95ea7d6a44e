package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.testing.Accounts.ACCOUNTS;
import static org.asyncmigrations.testing.Accounts.BALANCE;
import static org.asyncmigrations.testing.Accounts.ID;
import static org.asyncmigrations.testing.Accounts.PLACE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.time.LocalDateTime;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of the rows of the user's tables. */
class ManagedRowsTest {
    private static MigrationTests tests(DataSource database, DataMigration migration) {
        SampleRegistry registry = SampleRegistry.of(By.DECLARATION, () -> migration);
        return MigrationTests.of(registry::builder).on(database);
    }

    private static void fill(DataSource database) throws Exception {
        try (Connection connection = database.getConnection()) {
            Accounts.fill(DSL.using(connection));
        }
    }

    @Test
    void aDatabaseThatHoldsRowsIsRefused() throws Exception {
        DataSource database = SampleDatabase.H2.fresh();
        fill(database);

        assertThatIllegalStateException()
                .isThrownBy(() -> tests(database, new GoodSamples.SetPlaces()).tests())
                .withMessageContaining("these tests delete the rows of all tables")
                .withMessageContaining("accounts (24), entries (24)")
                .withMessageContaining("mayDeleteRows()");
        assertThat(DSL.using(database, SQLDialect.H2).fetchCount(ACCOUNTS)).isEqualTo(24);
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatMayBeDeletedComeBack(SampleDatabase database) throws Exception {
        DataSource source = database.fresh();
        fill(source);
        Content before = content(source);

        Results.of(tests(source, new GoodSamples.SetPlaces()).mayDeleteRows()).allPass();

        Content after = content(source);
        assertThat(after.size()).isEqualTo(48);
        assertThat(Difference.between(after, before)).isEmpty();
    }

    private static Content content(DataSource source) throws Exception {
        Ignored none = Ignored.none();
        try (Connection connection = source.getConnection()) {
            Schema all = Schema.read(connection, none.names());
            Schema users = new Schema(all.tables().stream()
                    .filter(table -> !table.name().startsWith("async_"))
                    .toList());
            return Content.read(connection, users, none);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPoolMayNoticeThatTheKitsConnectionHasEnded(SampleDatabase database) throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(database.fresh());

            Results.of(
                            tests(pool, new GoodSamples.SetPlaces()).given(Accounts::fill),
                            name -> name.endsWith("a run finishes"))
                    .allPass();
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsOfEachTypeComeBack(SampleDatabase database) throws Exception {
        DataMigration migration = run -> run.dsl()
                .update(table(name("odd")))
                .set(field(name("n"), Integer.class), 1)
                .execute();

        Results.of(tests(database.fresh(), migration).given(dsl -> odd(dsl, database)))
                .allPass();
    }

    /** Rings of foreign keys, a computed column, an identity that is always generated, bytes, times. */
    private static void odd(DSLContext dsl, SampleDatabase database) {
        boolean plain = database == SampleDatabase.MARIADB;
        String q = plain ? "`" : "\"";
        String identity =
                plain ? "bigint auto_increment primary key" : "bigint generated always as identity primary key";
        String bytes = database == SampleDatabase.POSTGRES ? "bytea" : "varbinary(10)";
        String computed = plain ? "int as (n * 2) stored" : "int generated always as (\"n\" * 2)" + stored(database);
        dsl.execute(
                "create table %1$sodd%1$s (%1$sid%1$s %2$s, %1$sn%1$s int, %1$stwice%1$s %3$s, %1$sb%1$s %4$s, %1$sat%1$s timestamp(6) null, %1$sparent%1$s bigint references %1$sodd%1$s (%1$sid%1$s))"
                        .formatted(q, identity, computed, bytes));
        for (int i = 0; i < 3; i++) {
            dsl.insertInto(table(name("odd")))
                    .set(field(name("n"), Integer.class), 10 + i)
                    .set(field(name("b"), byte[].class), new byte[] {0, (byte) 200, (byte) i})
                    .set(field(name("at"), SQLDataType.LOCALDATETIME(6)), LocalDateTime.of(2026, 3, 29, 2, 30))
                    .set(field(name("parent"), Long.class), i == 0 ? null : (long) i)
                    .execute();
        }
    }

    private static String stored(SampleDatabase database) {
        return database == SampleDatabase.POSTGRES ? " stored" : "";
    }

    @Test
    void aPlainUserPutsThemBackInTheOrderOfForeignKeys() throws Exception {
        PGSimpleDataSource source = (PGSimpleDataSource) SampleDatabase.POSTGRES.fresh();
        try (Connection owner = source.getConnection()) {
            DSL.using(owner).execute("create role plain login");
            DSL.using(owner).execute("grant all on schema public to plain");
        }
        source.setUser("plain");

        Results.of(tests(source, new GoodSamples.SetPlaces()).given(Accounts::fill))
                .allPass();
    }

    @Test
    void ofALongRunNotEachStatementIsTried() throws Exception {
        DataMigration migration = run -> {
            for (long i = 0; i < 300; i++) {
                run.dsl().update(ACCOUNTS).set(PLACE, i).where(ID.eq(3L)).execute();
            }
        };
        Results results = Results.of(
                tests(SampleDatabase.H2.fresh(), migration).given(Accounts::fill),
                name -> name.endsWith("a run finishes") || name.endsWith("commit 4 of 4"));

        results.allPass();
        assertThat(results.names()).hasSizeLessThan(200).anyMatch(name -> name.contains("crash before commit 4 of 4"));
    }

    @Test
    void aMigrationThatChangesTheSchemaIsRunOnceAndTheNextOneGoesOn() throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.DECLARATION, () -> (DataMigration) run -> run.dsl()
                        .alterTable(ACCOUNTS)
                        .addColumn("extra", SQLDataType.INTEGER)
                        .execute())
                .and(By.DECLARATION, GoodSamples.SetPlaces::new);
        Results results = Results.of(MigrationTests.of(registry::builder)
                .on(SampleDatabase.POSTGRES.fresh())
                .given(Accounts::fill));

        assertThat(results.failures()).isEmpty();
        assertThat(results.names().stream().filter(name -> name.contains("M1")))
                .containsExactly(
                        "migration 1 (M1) / M1: a run finishes", "migration 1 (M1) / M1: the time doesn't matter");
        assertThat(results.names()).contains("migration 2 (M2) / M2: a second run changes nothing");
    }

    @Test
    void whatFollowsAFailureIsLeftOut() throws Exception {
        SampleRegistry registry =
                SampleRegistry.of(By.GUARD, BadSamples.GuardNever::new).and(By.DECLARATION, GoodSamples.SetPlaces::new);
        Results results = Results.of(MigrationTests.of(registry::builder)
                .on(SampleDatabase.H2.fresh())
                .given(Accounts::fill));

        assertThat(results.names())
                .containsExactly("migration 1 (M1) / M1: a run finishes", "migration 2 (M2) / M2: a run finishes");
        assertThat(results.failures()).containsOnlyKeys("migration 1 (M1) / M1: a run finishes");
    }

    @Test
    void rowsCanBeGivenToOneMigration() throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.TRANSACTION, GoodSamples.AddInterest::new)
                .and(By.DECLARATION, () -> (DataMigration) run -> run.dsl()
                        .update(ACCOUNTS)
                        .set(PLACE, 1L)
                        .where(BALANCE.eq(-7L))
                        .execute());
        MigrationTests tests = MigrationTests.of(registry::builder)
                .on(SampleDatabase.H2.fresh())
                .given(Accounts::fill);

        assertThat(Results.of(tests).failures()).containsOnlyKeys("migration 2 (M2) / M2: a run finishes");
        Results.of(MigrationTests.of(registry::builder)
                        .on(SampleDatabase.H2.fresh())
                        .given(Accounts::fill)
                        .given(
                                2,
                                dsl -> dsl.insertInto(ACCOUNTS, ID, BALANCE)
                                        .values(1L, -7L)
                                        .execute()))
                .allPass();
    }

    @Test
    void aScriptMakesTheTablesOnAnEmbeddedServer() {
        SampleRegistry registry = SampleRegistry.of(By.DECLARATION, GoodSamples.SetPlaces::new);

        Results.of(MigrationTests.of(registry::builder).onEmbeddedPostgres().script("/accounts.sql"))
                .allPass();
    }

    @Test
    void whatIsMissingIsSaidAtOnce() {
        MigrationTests tests =
                MigrationTests.of(SampleRegistry.of(By.DECLARATION, GoodSamples.SetPlaces::new)::builder);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tests.script("/nowhere.sql"))
                .withMessageContaining("/nowhere.sql");
        assertThatIllegalStateException().isThrownBy(tests::tests).withMessageContaining("on(dataSource)");
    }

    @Test
    void rowsThatCannotBeMadeSayWhy() {
        assertThatThrownBy(() -> tests(SampleDatabase.H2.fresh(), new GoodSamples.SetPlaces())
                        .given(dsl -> {
                            throw new IOException("no such file");
                        })
                        .tests())
                .hasMessageStartingWith("call 1 of script(…) or given(…) failed: java.io.IOException: no such file")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aScriptThatFailsNamesTheStatement() {
        assertThatThrownBy(() -> tests(SampleDatabase.H2.fresh(), new GoodSamples.SetPlaces())
                        .given(Accounts::fill)
                        .script("/accounts.sql")
                        .tests())
                .hasMessageStartingWith("script /accounts.sql, at \"-- The accounts of the samples")
                .hasMessageContaining("since the database refused a statement");
    }
}
