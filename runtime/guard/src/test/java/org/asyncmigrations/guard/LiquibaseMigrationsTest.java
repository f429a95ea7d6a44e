package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.CustomChangeException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Liquibase's own change sets, as Liquibase would run them. */
class LiquibaseMigrationsTest {
    private static final String SHOP = """
            <changeSet id="1" author="shop">
              <createTable tableName="orders">
                <column name="id" type="bigint"/><column name="status" type="text"/>
              </createTable>
            </changeSet>
            """;

    @TempDir
    private Path folder;

    private DataSource emptyDatabase;
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        emptyDatabase = ThrowAway.emptied();
        connection = ThrowAway.postgres().getConnection();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    private Liquibase liquibase(String file) throws Exception {
        return new Liquibase(file, new DirectoryResourceAccessor(folder), new JdbcConnection(connection));
    }

    private Liquibase xml(String... changeSets) throws Exception {
        ThrowAway.script(folder, "changes.xml", """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                  http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                """ + String.join("", changeSets) + "</databaseChangeLog>\n");
        return liquibase("changes.xml");
    }

    private Report check(Liquibase liquibase) {
        return Guard.on(emptyDatabase).check(LiquibaseMigrations.of(liquibase).releasedUpTo("1"));
    }

    private static List<String> verdicts(Report report) {
        return report.statements().stream()
                .map(finding -> finding.file() + ":" + finding.line() + " "
                        + finding.verdict().label())
                .toList();
    }

    @Test
    void changeSetsAreJudgedInTheirOrder() throws Exception {
        Report report = check(xml(SHOP, """
                <changeSet id="2" author="shop">
                  <createIndex tableName="orders" indexName="i"><column name="status"/></createIndex>
                </changeSet>
                <changeSet id="3" author="shop">
                  <dropColumn tableName="orders" columnName="status"/>
                </changeSet>
                """));

        assertThat(verdicts(report)).containsExactly("changes.xml:10 blocks-writes", "changes.xml:13 breaks-old-code");
        assertThat(report.statements().get(0).statement()).isEqualTo("CREATE INDEX i ON public.orders(status)");
    }

    @Test
    void theHistoryOfAnotherDatabaseSaysWhatIsReleased() throws Exception {
        xml(SHOP).update("");
        Liquibase next = xml(SHOP, """
                <changeSet id="2" author="shop">
                  <createIndex tableName="orders" indexName="i"><column name="status"/></createIndex>
                </changeSet>
                """);

        assertThat(verdicts(Guard.on(emptyDatabase).check(LiquibaseMigrations.of(next))))
                .containsExactly("changes.xml:10 blocks-writes");
        assertThat(next.listUnrunChangeSets(new Contexts(), new LabelExpression()))
                .hasSize(1);
    }

    @Test
    void asTheReadmeSaysIt() throws Exception {
        Liquibase liquibase = xml(SHOP);

        Report report = Guard.on(emptyDatabase).check(LiquibaseMigrations.of(liquibase));

        assertThat(verdicts(report)).containsExactly("changes.xml:5 harmless");
        assertThat(connection.getMetaData().getTables(null, "public", "%", null).next())
                .as("a table in the database that is only asked")
                .isFalse();
    }

    @Test
    void sqlHasItsLinesAndItsAcceptances() throws Exception {
        ThrowAway.script(folder, "changes.sql", """
                --liquibase formatted sql
                --changeset shop:1
                create table orders (id bigint, status text);

                --changeset shop:2
                alter table orders add column a int;
                --changeset shop:2b
                -- guard:accept blocks-writes until 2999-01-01 because nobody orders at night
                create index i on orders (status);
                --rollback drop index i;
                --changeset shop:3 runInTransaction:false
                create index concurrently j on orders (id);
                """);

        Report report = check(liquibase("changes.sql"));

        assertThat(verdicts(report))
                .containsExactly("changes.sql:6 short-lock", "changes.sql:9 blocks-writes", "changes.sql:12 harmless");
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void aFindingIsAcceptedInTheCommentOfItsChangeSet() throws Exception {
        assertThat(check(xml(SHOP, """
                <changeSet id="2" author="shop">
                  <comment>guard:accept blocks-writes until 2999-01-01 because nobody orders at night</comment>
                  <createIndex tableName="orders" indexName="i"><column name="status"/></createIndex>
                </changeSet>
                """)).findings()).isEmpty();
    }

    /** A change in Java. */
    public static final class Recount implements CustomTaskChange {
        /** Made by Liquibase. */
        public Recount() {}

        @Override
        public void execute(Database database) throws CustomChangeException {
            try {
                ((JdbcConnection) database.getConnection())
                        .createStatement()
                        .execute("alter table orders alter column status type varchar(3)");
            } catch (Exception failure) {
                throw new CustomChangeException(failure);
            }
        }

        @Override
        public String getConfirmationMessage() {
            return "done";
        }

        @Override
        public void setUp() {
            // Nothing to do.
        }

        @Override
        public void setFileOpener(ResourceAccessor files) {
            // Reads no file.
        }

        @Override
        public ValidationErrors validate(Database database) {
            return new ValidationErrors();
        }
    }

    @Test
    void codeIsWatched() throws Exception {
        Report report = check(xml(SHOP, """
                <changeSet id="2" author="shop">
                  <customChange class="%s"/>
                </changeSet>
                """.formatted(Recount.class.getName())));

        assertThat(verdicts(report)).containsExactly("changes.xml:10 rewrites");
    }

    @Test
    void whatAPreconditionKeepsFromRunningIsSaid() throws Exception {
        Report report = check(xml(SHOP, """
                <changeSet id="2" author="shop">
                  <preConditions onFail="MARK_RAN"><tableExists tableName="elsewhere"/></preConditions>
                  <dropColumn tableName="orders" columnName="status"/>
                </changeSet>
                """));

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .singleElement()
                        .asString()
                        .contains("precondition"));
    }

    @Test
    void aChangeSetThatFailsIsSaid() throws Exception {
        Report report = check(xml(SHOP, """
                <changeSet id="2" author="shop">
                  <sql>alter table nothing add column a int; drop table orders</sql>
                </changeSet>
                """));

        assertThat(report.findings()).extracting(Finding::verdict).containsOnly(Verdict.CANNOT_BE_JUDGED);
        assertThat(report.findings().get(0).observed())
                .singleElement()
                .asString()
                .startsWith("it fails in the throw-away database");
    }

    @Test
    void contextsAndLabelsChoose() throws Exception {
        Liquibase liquibase = xml(SHOP, """
                <changeSet id="2" author="shop" context="test">
                  <createIndex tableName="orders" indexName="i"><column name="status"/></createIndex>
                </changeSet>
                """);

        assertThat(Guard.on(emptyDatabase)
                        .check(LiquibaseMigrations.of(liquibase, new Contexts("prod"), new LabelExpression())
                                .releasedUpTo("1"))
                        .statements())
                .isEmpty();
    }

    @Test
    void anIdThatIsNotThereIsRefused() throws Exception {
        LiquibaseMigrations migrations = LiquibaseMigrations.of(xml(SHOP)).releasedUpTo("9");

        assertThatThrownBy(() -> Guard.on(emptyDatabase).check(migrations))
                .hasMessage("the change log has no change set with the id 9");
    }
}
