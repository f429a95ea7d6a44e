package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sizes and settings of the live database change. */
class LiveTest {
    private static final Path SHOP = ThrowAway.resource("shop.sql");
    private static final String TO_BIGINT = "alter table customers alter column score type bigint;";

    @TempDir
    private Path folder;

    private static DataSource live(String sql) throws Exception {
        DataSource live = ThrowAway.postgres();
        execute(live, sql);
        return live;
    }

    private static void execute(DataSource database, String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Finding judge(DataSource live, String sql) throws Exception {
        return Guard.on(ThrowAway.emptied())
                .schema(SHOP)
                .live(live)
                .check(ThrowAway.script(folder, "V8.sql", sql))
                .statements()
                .get(0);
    }

    @Test
    void whatIsDoneToASmallTableIsShort() throws Exception {
        Finding finding =
                judge(live("create table customers (id bigint); insert into customers values (7)"), TO_BIGINT);

        assertThat(finding.verdict()).isEqualTo(Verdict.SHORT_LOCK);
        assertThat(finding.observed())
                .anyMatch(sentence ->
                        sentence.matches("customers has \\d+ rows?, \\d+ kB in the live database, which is small"));
    }

    @Test
    void aLargeTableIsSaidToBe() throws Exception {
        DataSource live =
                live("create table customers (note text); alter table customers alter column note set storage external;"
                        + " insert into customers values (repeat('x', 12000000)); analyze customers");

        Finding finding = judge(live, TO_BIGINT);

        assertThat(finding.verdict()).isEqualTo(Verdict.REWRITES);
        assertThat(finding.observed()).contains("customers has 1 row, 12 MB in the live database");
    }

    @Test
    void aTableThatIsNotThereYetCountsAsLarge() throws Exception {
        assertThat(judge(live("select 1"), TO_BIGINT).verdict()).isEqualTo(Verdict.REWRITES);
    }

    /** A foreign key reads two tables, and the larger one counts. */
    @Test
    void allTablesThatAStatementWorksOnCount() throws Exception {
        String foreignKey = "alter table orders add constraint c foreign key (customer_id) references customers (id);";

        assertThat(judge(live("create table orders (id int)"), foreignKey).verdict())
                .isEqualTo(Verdict.BLOCKS_WRITES);
        assertThat(judge(live("create table orders (id int); create table customers (id int)"), foreignKey)
                        .verdict())
                .isEqualTo(Verdict.SHORT_LOCK);
    }

    @Test
    void theTimeZoneOfLiveSessionsDecidesWhetherTimestampsAreRewritten() throws Exception {
        String toTimestamptz = "alter table customers alter column seen type timestamptz;";

        assertThat(judge(inTimeZone("UTC"), toTimestamptz).verdict()).isEqualTo(Verdict.SHORT_LOCK);
        assertThat(judge(inTimeZone("Europe/Berlin"), toTimestamptz).verdict()).isEqualTo(Verdict.REWRITES);
    }

    private static DataSource inTimeZone(String zone) throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(ThrowAway.postgres());
        pool.setConnectionInitSql("set time zone '%s'; set lock_timeout = '2s'".formatted(zone));
        return new HikariDataSource(pool);
    }

    @Test
    void theLockTimeoutOfLiveSessionsIsALimit() throws Exception {
        assertThat(judge(inTimeZone("UTC"), "alter table orders add column a text;")
                        .observed())
                .containsExactly("holds ACCESS EXCLUSIVE on orders for an instant");
    }

    /** A pool may hand out connections in which a transaction begins by itself. */
    @Test
    void aPoolWithoutAutoCommitIsAsked() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(live("create table customers (id bigint)"));
        config.setAutoCommit(false);
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(judge(pool, TO_BIGINT).verdict()).isEqualTo(Verdict.SHORT_LOCK);
            execute(pool, "create table writable (id int)");
        }
    }

    @Test
    void aLiveDatabaseOfAnotherProductIsRefused() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:");
        Guard guard = Guard.on(ThrowAway.emptied());

        assertThatThrownBy(() -> guard.live(h2))
                .hasMessage("The throw-away database is PostgreSQL and the live one is H2; use the same product for"
                        + " both.");
    }

    @Test
    void mariaDbHasSizesToo() throws Exception {
        DataSource live = ThrowAway.mariaDb();
        execute(live, "create table customers (id int)");

        Finding finding = Guard.on(ThrowAway.mariaDb())
                .schema(ThrowAway.resource("mariadb-shop.sql"))
                .live(live)
                .check(ThrowAway.script(folder, "V8.sql", "alter table customers modify score bigint;"))
                .statements()
                .get(0);

        assertThat(finding.verdict()).isEqualTo(Verdict.SHORT_LOCK);
        assertThat(finding.observed()).anyMatch(sentence -> sentence.endsWith("in the live database, which is small"));
    }
}
