package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationRun;
import org.junit.jupiter.api.Test;

/** Migrations with {@code @ChangesSchema}. */
class DataMigrationsTest {
    private static final class DropNote implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.execute("alter table customers drop column note");
            run.dsl().alterTable("customers").dropColumn("born").execute();
        }
    }

    @Test
    void theirStatementsAreJudged() throws Exception {
        Guard guard = Guard.on(ThrowAway.emptied()).schema(ThrowAway.resource("shop.sql"));

        Report report = guard.check(DataMigrations.of(new DropNote()));

        assertThat(report.findings())
                .extracting(Finding::file, Finding::line, Finding::verdict)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("DataMigrationsTest.java", 14, Verdict.BREAKS_OLD_CODE),
                        org.assertj.core.groups.Tuple.tuple("DataMigrationsTest.java", 15, Verdict.BREAKS_OLD_CODE));
    }

    @Test
    void withoutATransactionTheyMayDoWhatRefusesOne() throws Exception {
        DataMigration concurrent = run -> run.execute("create index concurrently i on orders (status)");
        Guard guard = Guard.on(ThrowAway.emptied()).schema(ThrowAway.resource("shop.sql"));

        assertThat(guard.check(DataMigrations.of(concurrent).notTransactional()).findings())
                .isEmpty();
        assertThat(guard.check(DataMigrations.of(concurrent)).findings())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.CANNOT_BE_JUDGED, Verdict.CANNOT_BE_JUDGED);
    }
}
