package org.asyncmigrations.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.meta.Database;
import org.jooq.meta.h2.H2Database;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of entries, on one database. */
class RetirementTest {
    private static final Journal JOURNAL = new Journal(Map.of(20261201_090000L, "2.5.0"));
    private static final String RELEASED = "20261201_090000";
    private static final String PLANNED = "20270101_090000";

    private final Fresh fresh = TestDatabase.H2.fresh();
    private final Database database = new H2Database();
    private final Findings findings = new Findings(Path.of("retired-columns"));
    private Connection connection;
    private Retirement retirement;
    private int line;

    @BeforeEach
    void readTheDatabase() throws SQLException {
        fresh.dsl().execute("create schema shop");
        fresh.dsl()
                .execute("create table customers (id int primary key, full_name varchar(9), code varchar(9) not null,"
                        + " kind varchar(9) default 'a' not null, lower_name varchar(9) as (lower(full_name)) not null,"
                        + " note varchar(9))");
        fresh.dsl().execute("create table orders (id int primary key, note varchar(9))");
        fresh.dsl().execute("create table shop.orders (id int primary key, note varchar(9))");
        connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
        database.setConnection(connection);
        database.setConfiguredSchemata(List.of(
                new SchemaMappingType().withInputSchema("PUBLIC"), new SchemaMappingType().withInputSchema("SHOP")));
        RetiringGenerator generator = new RetiringGenerator();
        generator.setStrategy(new DefaultGeneratorStrategy());
        retirement = new Retirement(Preview.of(database, generator), JOURNAL, findings);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        fresh.close();
    }

    @Test
    void aColumnThatIsToGoIsTakenAwayWithoutAWord() {
        retire("customers", "full_name", PLANNED, null);
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
        assertThat(names("CUSTOMERS")).containsExactly("ID", "CODE", "KIND", "LOWER_NAME", "NOTE");
    }

    @Test
    void aSlipInAColumnSaysWhichOneWasMeant() {
        retire("customers", "fullname", PLANNED, null);
        retire("customers", "full_nome", null, null);
        assertThat(errors())
                .containsExactly(
                        "retired-columns:1:1: error: [UnknownRetiredColumn] customers.fullname must be a column of"
                                + " CUSTOMERS; write FULL_NAME for fullname, or, if it has been dropped, remove this"
                                + " line",
                        "retired-columns:2:1: error: [UnknownRetiredColumn] customers.full_nome must be a column of"
                                + " CUSTOMERS; write FULL_NAME for full_nome");
    }

    @Test
    void aSlipInATableSaysWhichOneWasMeant() {
        retire("customer", "full_name", PLANNED, null);
        retire("invoices", "full_name", PLANNED, null);
        assertThat(errors())
                .containsExactly(
                        "retired-columns:1:1: error: [UnknownRetiredColumn] customer.full_name must be of a table that"
                                + " exists; write CUSTOMERS for customer",
                        "retired-columns:2:1: error: [UnknownRetiredColumn] invoices.full_name must be of a table that"
                                + " exists; correct invoices, or name its schema if another run of jOOQ reads it");
    }

    @Test
    void aColumnThatNothingDropsAndThatIsNotThereNeverWas() {
        retire("customers", "birthday", null, null);
        assertThat(errors())
                .containsExactly("retired-columns:1:1: error: [UnknownRetiredColumn] customers.birthday must be a"
                        + " column of CUSTOMERS; correct birthday");
    }

    @Test
    void anEntryWhoseColumnOrTableIsGoneIsOverdue() {
        retire("customers", "birthday", PLANNED, null);
        retire("customers", "full_nam", RELEASED, null);
        retire("invoices", "total", RELEASED, null);
        assertThat(findings.errors()).isEmpty();
        assertThat(warnings())
                .containsExactly(
                        "retired-columns:1:1: warning: [RetiredColumnOverdue] customers.birthday is no longer in the"
                                + " database; remove this line once no branch adds the column again",
                        "retired-columns:2:1: warning: [RetiredColumnOverdue] customers.full_nam is no longer in the"
                                + " database, and 20261201_090000 was released with 2.5.0; remove this line once no"
                                + " branch adds the column again",
                        "retired-columns:3:1: warning: [RetiredColumnOverdue] invoices.total is no longer in the"
                                + " database, and 20261201_090000 was released with 2.5.0; remove this line once no"
                                + " branch adds the column again");
    }

    @Test
    void anEntryWhoseMigrationWasReleasedIsOverdueAndStillHolds() {
        retire("customers", "full_name", RELEASED, null);
        assertThat(warnings())
                .containsExactly("retired-columns:1:1: warning: [RetiredColumnOverdue] customers.full_name has been"
                        + " dropped by 20261201_090000, released with 2.5.0, but is still in the schema that jOOQ"
                        + " reads; drop it there, and remove this line");
        assertThat(names("CUSTOMERS")).doesNotContain("FULL_NAME");
    }

    @Test
    void aColumnThatInsertsMustNameIsRefused() {
        retire("customers", "code", PLANNED, null);
        assertThat(errors())
                .containsExactly("retired-columns:1:1: error: [RetiredColumnRequired] customers.code must be nullable"
                        + " or have a default: inserts of the generated classes leave it out and would fail; change"
                        + " that in an earlier schema migration, or, if a trigger fills the column, add \"filled by"
                        + " <trigger>\" to the line");
    }

    @Test
    void whatTheDatabaseFillsMayBeLeftOut() {
        retire("customers", "kind", PLANNED, null);
        retire("customers", "lower_name", PLANNED, null);
        retire("customers", "code", PLANNED, "customers_code");
        assertThat(findings.errors()).isEmpty();
        assertThat(names("CUSTOMERS")).containsExactly("ID", "FULL_NAME", "NOTE");
    }

    @Test
    void aColumnOfThePrimaryKeyIsRefused() {
        retire("customers", "id", PLANNED, "a_trigger");
        assertThat(errors()).hasSize(1);
        assertThat(errors().get(0))
                .contains("[RetiredColumnInPrimaryKey] customers.id may not be in the primary key")
                .endsWith("give the table another primary key first");
    }

    @Test
    void aTableOfTwoSchemasNeedsItsSchema() {
        retire("orders", "note", PLANNED, null);
        assertThat(errors())
                .containsExactly("retired-columns:1:1: error: [UnknownRetiredColumn] orders.note must say which table"
                        + " it means; write PUBLIC.orders.note or SHOP.orders.note");
    }

    @Test
    void aSchemaThatThisRunDoesNotReadIsLeftToAnother() {
        retirement.retire(entry("audit", "orders", "note", PLANNED, null));
        retirement.retire(entry("shop", "orders", "note", PLANNED, null));
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.notes()).hasSize(1);
    }

    @Test
    void aColumnIsListedOnce() {
        retire("customers", "full_name", PLANNED, null);
        retire("CUSTOMERS", "FULL_NAME", PLANNED, null);
        assertThat(errors())
                .containsExactly("retired-columns:2:1: error: [RetiredColumnTwice] CUSTOMERS.FULL_NAME must be listed"
                        + " only once, but is also in line 1 ; remove one of the two");
    }

    private void retire(String table, String column, String droppedBy, String filledBy) {
        retirement.retire(entry(null, table, column, droppedBy, filledBy));
    }

    private RetiredColumn entry(String schema, String table, String column, String droppedBy, String filledBy) {
        return new RetiredColumn(new Place(++line, 1), schema, table, column, "2.4.0", droppedBy, filledBy);
    }

    private List<String> names(String table) {
        return database.getTables().stream()
                .filter(found -> found.getInputName().equals(table))
                .flatMap(found -> Preview.columnNames(found).stream())
                .toList();
    }

    private List<String> errors() {
        return findings.errors().stream().map(Finding::text).toList();
    }

    private List<String> warnings() {
        return findings.warnings().stream().map(Finding::text).toList();
    }
}
