package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queries that tell whether live rows fit: run on rows of which some do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowFitTest {
    @TempDir
    private Path folder;

    private Connection live;

    @BeforeAll
    void fill() throws Exception {
        DataSource database = ThrowAway.postgres();
        Guard.on(database).schema(ThrowAway.resource("shop.sql"));
        live = database.getConnection();
        try (Statement statement = live.createStatement()) {
            statement.execute("alter table orders drop constraint orders_customer; truncate customers, orders cascade;"
                    + " insert into customers (id, email, name, phone, score, seen) values"
                    + " (1, 'a', 'short', '1', 5, '2026-01-01'), (2, 'b', 'quite a long name', '1', 70000, null),"
                    + " (3, 'c', 'quite a longer name', null, null, null);"
                    + " insert into orders (id, customer_id, total, status) values"
                    + " (1, 1, 1, ''), (2, 9, 2, 'new'), (3, 9, 3, 'new'), (4, null, 4, 'new')");
        }
    }

    @AfterAll
    void close() throws Exception {
        live.close();
    }

    private List<String> queries(String sql) throws Exception {
        return Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "V8.sql", sql + ";"))
                .statements()
                .get(0)
                .observed()
                .stream()
                .filter(sentence -> sentence.startsWith(Judgement.ROW_FIT))
                .map(sentence -> sentence.substring(Judgement.ROW_FIT.length()))
                .toList();
    }

    /** The first number of the last column. */
    private long answer(String query) throws SQLException {
        try (Statement statement = live.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(rows.getMetaData().getColumnCount()) : 0;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | alter table customers alter column score set not null
                    2 | alter table customers alter column seen set not null
                    1 | alter table orders add constraint c check (status <> '')
                    2 | alter table orders add constraint c foreign key (customer_id) references customers (id)
                    2 | alter table customers add constraint c unique (phone)
                    2 | create unique index i on customers (lower(phone))
                    0 | create unique index i on customers (name)
                    3 | create unique index i on orders (status) where id > 1
                    2 | alter table customers alter column name type varchar(10)
                    1 | alter table customers alter column score type smallint
                    0 | alter table orders alter column customer_id type int
                    """)
    void findsRowsThatDoNotFit(long misfits, String statement) throws Exception {
        List<String> queries = queries(statement);

        assertThat(queries).hasSize(1);
        assertThat(answer(queries.get(0))).as(queries.get(0)).isEqualTo(misfits);
    }

    @Test
    void aTypeWithoutAQueryOfItsOwnIsCast() throws Exception {
        assertThat(queries("alter table customers alter column note type date using note::date"))
                .containsExactly("select count(note::date) from customers -- fails if a row does not fit");
    }

    @Test
    void whatAsksNothingOfRowsHasNone() throws Exception {
        assertThat(queries("alter table customers alter column score type bigint"))
                .isEmpty();
        assertThat(queries("create index i on orders (status)")).isEmpty();
    }

    @Test
    void rowsOfAReleasedScriptAreNotTheLiveOnes() throws Exception {
        Report report = Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.script(
                        folder,
                        "V7.sql",
                        "create table rates (code text primary key); insert into rates values ('A');"
                                + " alter table rates add column percent int;"))
                .check(ThrowAway.script(folder, "V8.sql", "alter table rates alter column percent set not null;"));

        assertThat(report.findings()).extracting(Finding::verdict).containsExactly(Verdict.BLOCKS_READS);
        assertThat(report.findings().get(0).observed())
                .contains(Judgement.ROW_FIT + "select count(*) from rates where percent is null");
    }
}
