package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes the place of something else under its name. */
class OldCodeTest {
    @TempDir
    private Path folder;

    @Test
    void aTableInThePlaceOfADroppedOneHasNotItsRows() throws Exception {
        Report report = Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "V8.sql", """
                        begin;
                        drop table cache;
                        create table cache (key text primary key, value text);
                        commit;
                        """));

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .contains("cache is now another table: rows that were not copied to it are gone"));
    }

    /** The statements behind it are judged on a schema that has its column. */
    @Test
    void aColumnThatNeedsAValueFailsOnRowsAndIsThereAfterwards() throws Exception {
        Report report = Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "V8.sql", """
                        alter table orders add column a int not null;
                        alter table orders add constraint c check (a > 0) not valid;
                        """));

        assertThat(report.statements())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.CANNOT_BE_JUDGED, Verdict.SHORT_LOCK);
    }
}
