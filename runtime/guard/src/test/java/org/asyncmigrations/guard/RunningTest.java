package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.TestCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is taken away is judged by the instances that run. */
class RunningTest {
    private static final long DROP = 20261201_090000L;

    @TempDir
    private Path folder;

    private static Dispatcher instance(DataSource live, String release, long... versions) {
        TestCatalog catalog = new TestCatalog();
        for (long version : versions) {
            catalog.afterRelease(version, run -> {});
        }
        ManualWorker worker = new ManualWorker();
        Dispatcher instance = catalog.on(live)
                .worker(worker)
                .application("shop")
                .release(release)
                .build();
        instance.dispatch();
        worker.step();
        return instance;
    }

    private Finding judge(TestDatabase product, DataSource live, String comment) throws Exception {
        boolean isPostgres = product == TestDatabase.POSTGRES;
        return Guard.on(isPostgres ? ThrowAway.emptied() : ThrowAway.mariaDb())
                .schema(ThrowAway.resource(isPostgres ? "shop.sql" : "mariadb-shop.sql"))
                .live(live)
                .check(ThrowAway.script(folder, "V8.sql", comment + "\nalter table customers drop column note;"))
                .statements()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void whatNoRunningInstanceNamesMayGo(TestDatabase product) throws Exception {
        try (Fresh live = product.fresh();
                Dispatcher one = instance(live.dataSource(), "2.4.0", DROP)) {
            Finding finding = judge(product, live.dataSource(), "-- guard:retired-by 20261201_090000");

            assertThat(finding.verdict()).isEqualTo(Verdict.BREAKS_OLD_CODE);
            assertThat(finding.isOpen()).isFalse();
            assertThat(finding.accepted()).contains("retired by 20261201_090000, which all 1 running instances have");
            assertThat(one.status().migrations()).hasSize(1);
        }
    }

    @Test
    void whatARunningInstanceMayNameMustStay() throws Exception {
        try (Fresh live = TestDatabase.POSTGRES.fresh();
                Dispatcher old = instance(live.dataSource(), "2.3.0", 1);
                Dispatcher now = instance(live.dataSource(), "2.4.0", 1, DROP)) {
            Finding finding = judge(TestDatabase.POSTGRES, live.dataSource(), "-- guard:retired-by 20261201_090000");

            assertThat(finding.isOpen()).isTrue();
            assertThat(finding.observed())
                    .anyMatch(
                            sentence -> sentence.matches(
                                    "1 of 2 running instances have no migration 20261201_090000, and may still use it: \\S+ \\(2\\.3\\.0\\)"));
            assertThat(List.of(old, now)).hasSize(2);
        }
    }

    @Test
    void whereNobodyRunsNobodyIsAsked() throws Exception {
        try (Fresh live = TestDatabase.POSTGRES.fresh()) {
            instance(live.dataSource(), "2.4.0", DROP).close();
            try (Connection connection = live.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("update async_migration_instances set counts_until = leaving_at - interval '1 s'");
            }

            assertThat(judge(TestDatabase.POSTGRES, live.dataSource(), "-- guard:retired-by 20261201_090000")
                            .observed())
                    .contains("no instance is running on the live database, so nothing tells whether the code still"
                            + " uses it");
        }
    }

    /** Tables of an older release may lack the column. Then a closed instance counts for half a minute. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void whoHasClosedCountsForAWhileAlsoInOlderTables(TestDatabase product) throws Exception {
        try (Fresh live = product.fresh()) {
            instance(live.dataSource(), "2.4.0", DROP).close();
            live.dsl().execute("alter table async_migration_instances drop column counts_until");
            assertThat(judge(product, live.dataSource(), "-- guard:retired-by 20261201_090000")
                            .isOpen())
                    .isFalse();

            live.dsl().execute("update async_migration_instances set leaving_at = leaving_at - interval '1' minute");
            assertThat(judge(product, live.dataSource(), "-- guard:retired-by 20261201_090000")
                            .observed())
                    .anyMatch(sentence -> sentence.startsWith("no instance is running on the live database"));
        }
    }

    @Test
    void withoutStateTablesItIsAFinding() throws Exception {
        assertThat(judge(TestDatabase.POSTGRES, ThrowAway.postgres(), "-- guard:retired-by 20261201_090000")
                        .observed())
                .contains("it is unknown which instances run: give the guard the live database, with its state tables");
        assertThat(judge(TestDatabase.POSTGRES, ThrowAway.postgres(), "-- guard:retired-by release 7")
                        .observed())
                .contains("the comment above it cannot be read; its form is: -- guard:retired-by 20261201_090000");
    }
}
