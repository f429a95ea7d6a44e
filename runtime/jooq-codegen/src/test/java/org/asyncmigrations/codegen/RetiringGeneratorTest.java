package org.asyncmigrations.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.UpdatableRecord;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.extensions.ddl.DDLDatabase;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jOOQ's own generator with the extension, on each database. */
class RetiringGeneratorTest {
    private static final String[] SCHEMA = {
        "create table customers (id bigint primary key, full_name varchar(100), first_name varchar(100) not null,"
                + " constraint customers_full_name unique (full_name))",
        "create index customers_both on customers (full_name, first_name)",
        "create index customers_first on customers (first_name)",
        "create table orders (id bigint primary key, customer_id bigint, customer_name varchar(100),"
                + " constraint orders_customer foreign key (customer_id) references customers (id),"
                + " constraint orders_name foreign key (customer_name) references customers (full_name))",
        "create view names as select id, full_name from customers"
    };
    private static final String ENTRY = "customers.full_name  since 2.4.0  dropped by 20261201_090000\n";

    /** How a generated table begins a field; the text of a view has the names of its columns too. */
    private static final String FIELD = "createfield(dsl.name(\"";

    @TempDir
    private Path project;

    @ParameterizedTest
    @EnumSource
    void neitherTableNorRecordNorPojoNorDaoHaveARetiredColumn(TestDatabase kind) throws Exception {
        try (Fresh fresh = withSchema(kind)) {
            list(ENTRY);
            GeneratedClasses retiring = generate(RetiringGenerator.class, fresh, kind);
            for (String one : new String[] {"Customers", "CustomersRecord", "CustomersDao"}) {
                assertThat(bare(retiring.text(one))).doesNotContain("fullname").contains("firstname");
            }
            assertThat(bare(retiring.text("Names"))).contains("fullname");
            assertThat(bare(generate(JavaGenerator.class, fresh, kind).text("Customers")))
                    .contains("fullname");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAndIndexesWithTheColumnGoAndOthersStay(TestDatabase kind) throws Exception {
        try (Fresh fresh = withSchema(kind)) {
            list(ENTRY);
            GeneratedClasses retiring = generate(RetiringGenerator.class, fresh, kind);
            Table<?> customers = retiring.table("CUSTOMERS");
            assertThat(customers.getPrimaryKey()).isNotNull();
            assertThat(customers.getUniqueKeys()).isEmpty();
            assertThat(customers.getIndexes())
                    .extracting(index -> bare(index.getName()))
                    .containsExactly("customersfirst");
            assertThat(retiring.table("ORDERS").getReferences())
                    .extracting(key -> bare(key.getName()))
                    .containsExactly("orderscustomer");
            assertThat(bare(retiring.text("Orders"))).contains("customername");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOldReleaseAndTheNewOneInsertSideBySide(TestDatabase kind) throws Exception {
        try (Fresh fresh = withSchema(kind)) {
            Table<?> before = generate(JavaGenerator.class, fresh, kind).table("CUSTOMERS");
            list(ENTRY);
            Table<?> after = generate(RetiringGenerator.class, fresh, kind).table("CUSTOMERS");
            store(fresh, before, 1L, "Ada Lovelace", "Ada");
            store(fresh, after, 2L, "Alan");
            UpdatableRecord<?> ada = (UpdatableRecord<?>)
                    fresh.dsl().selectFrom(after).orderBy(1).fetch().get(0);
            ada.fromArray(new Object[] {"Augusta Ada"}, ada.field(1));
            assertThat(ada.store()).isEqualTo(1);
            assertThat(fresh.dsl().selectFrom(after).orderBy(1).fetch(1)).isEqualTo(List.of("Augusta Ada", "Alan"));
            assertThat(fresh.dsl().selectFrom(before).orderBy(1).fetch(1))
                    .isEqualTo(Arrays.asList("Ada Lovelace", null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNotNullColumnIsRefusedUntilInsertsGoWithoutIt(TestDatabase kind) throws Exception {
        try (Fresh fresh = withSchema(kind)) {
            list("customers.first_name since 2.4.0 dropped later");
            assertThatThrownBy(() -> generate(RetiringGenerator.class, fresh, kind))
                    .isInstanceOf(RetiredColumnsException.class)
                    .hasMessageContaining(project.resolve("src/main/migrations/retired-columns") + ":1:1: error:"
                            + " [RetiredColumnRequired] customers.first_name must be nullable or have a default");
            fresh.dsl()
                    .execute("alter table customers "
                            + (kind == TestDatabase.MARIADB
                                    ? "modify first_name varchar(100)"
                                    : "alter column first_name drop not null"));
            assertThat(bare(generate(RetiringGenerator.class, fresh, kind).text("Customers")))
                    .doesNotContain("firstname");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnOfThePrimaryKeyIsRefused(TestDatabase kind) throws Exception {
        try (Fresh fresh = withSchema(kind)) {
            list("customers.id since 2.4.0 dropped later filled by a_trigger");
            assertThatThrownBy(() -> generate(RetiringGenerator.class, fresh, kind))
                    .hasMessageContaining("[RetiredColumnInPrimaryKey]");
        }
    }

    @Test
    void aDatabaseOfScriptsIsReadTheSameWay() throws Exception {
        list(ENTRY + "customers.first_nam since 2.4.0 dropped later");
        assertThatThrownBy(() -> GeneratedClasses.of(project, RetiringGenerator.class, null, scripts()))
                .hasMessageContaining(":2:1: error: [UnknownRetiredColumn] customers.first_nam must be a column of");
        list(ENTRY);
        GeneratedClasses retiring = GeneratedClasses.of(project, RetiringGenerator.class, null, scripts());
        assertThat(bare(retiring.text("Customers"))).doesNotContain("fullname");
        assertThat(retiring.table("CUSTOMERS").getUniqueKeys()).isEmpty();
        assertThat(bare(GeneratedClasses.of(project, JavaGenerator.class, null, scripts())
                        .text("Customers")))
                .contains("fullname");
    }

    @Test
    void theColumnsOfExcludedTablesAreNotMissed() throws Exception {
        list(ENTRY);
        Database database = scripts().withExcludes("(?i:customers|names)");
        assertThat(bare(GeneratedClasses.of(project, RetiringGenerator.class, null, database)
                        .text()))
                .contains(FIELD + "customername")
                .doesNotContain(FIELD + "fullname");
        Database columns = scripts().withIncludeExcludeColumns(true).withExcludes("(?i:full_name)");
        assertThat(bare(GeneratedClasses.of(project, RetiringGenerator.class, null, columns)
                        .text()))
                .doesNotContain(FIELD + "fullname");
    }

    @Test
    void propertiesNameOtherFiles() throws Exception {
        Files.writeString(project.resolve("gone.txt"), ENTRY);
        Database database = scripts();
        database.getProperties().add(property(RetiredColumns.FILE_PROPERTY, "gone.txt"));
        assertThat(bare(GeneratedClasses.of(project, RetiringGenerator.class, null, database)
                        .text("Customers")))
                .doesNotContain("fullname");
        database.getProperties().set(1, property(RetiredColumns.FILE_PROPERTY, "gon.txt"));
        assertThatThrownBy(() -> GeneratedClasses.of(project, RetiringGenerator.class, null, database))
                .hasMessageContaining("the file does not exist");
    }

    @Test
    void withoutTheFileNothingIsLeftOut() throws Exception {
        GeneratedClasses plain = GeneratedClasses.of(project, JavaGenerator.class, null, scripts());
        assertThat(undated(GeneratedClasses.of(project, RetiringGenerator.class, null, scripts())))
                .isEqualTo(undated(plain));
    }

    @Test
    void whatIsNotListedIsGeneratedAsEver() throws Exception {
        list("names.full_name since 2.4.0 dropped later");
        GeneratedClasses retiring = GeneratedClasses.of(project, RetiringGenerator.class, null, scripts());
        GeneratedClasses plain = GeneratedClasses.of(project, JavaGenerator.class, null, scripts());
        assertThat(bare(retiring.text("Names")))
                .doesNotContain(FIELD + "fullname")
                .contains(FIELD + "id");
        assertThat(retiring.text("Customers")).isEqualTo(plain.text("Customers"));
        assertThat(retiring.text("Keys")).isEqualTo(plain.text("Keys"));
        assertThat(retiring.text("Indexes")).isEqualTo(plain.text("Indexes"));
    }

    @Test
    void ofTwoTablesForOneClassTheFirstIsGenerated() throws Exception {
        list("names.full_name since 2.4.0 dropped later");
        Database database = scripts();
        database.getProperties()
                .set(0, property("sql", String.join(";", SCHEMA) + "; create table \"Orders\" (x int)"));
        String orders = GeneratedClasses.of(project, JavaGenerator.class, null, database)
                .text("Orders");
        assertThat(GeneratedClasses.of(project, RetiringGenerator.class, null, database)
                        .text("Orders"))
                .isEqualTo(orders);
    }

    @Test
    void aGeneratorOfOnesOwnCallsItToo() throws Exception {
        list(ENTRY);
        assertThat(bare(GeneratedClasses.of(project, OurGenerator.class, null, scripts())
                        .text("Customers")))
                .contains("firstname")
                .doesNotContain("fullname");
    }

    private static Fresh withSchema(TestDatabase kind) {
        Fresh fresh = kind.fresh();
        for (String statement : SCHEMA) {
            fresh.dsl().execute(statement);
        }
        return fresh;
    }

    private GeneratedClasses generate(Class<?> generator, Fresh fresh, TestDatabase kind) throws Exception {
        String schema = switch (kind) {
            case H2 -> "PUBLIC";
            case POSTGRES -> "public";
            case MARIADB -> fresh.url().substring(fresh.url().lastIndexOf('/') + 1);
        };
        return GeneratedClasses.of(
                project,
                generator,
                new Jdbc().withUrl(fresh.url()).withUser(fresh.user()).withPassword(fresh.password()),
                new Database().withInputSchema(schema).withOutputSchemaToDefault(true));
    }

    private static Database scripts() {
        return new Database()
                .withName(DDLDatabase.class.getName())
                .withOutputSchemaToDefault(true)
                .withProperties(property("sql", String.join(";", SCHEMA)));
    }

    private static Property property(String key, String value) {
        return new Property().withKey(key).withValue(value);
    }

    private void list(String entries) throws IOException {
        Path file = project.resolve("src/main/migrations/retired-columns");
        Files.createDirectories(file.getParent());
        Files.writeString(file, entries);
    }

    private static void store(Fresh fresh, Table<?> table, Object... values) {
        Record row = fresh.dsl().newRecord(table);
        row.fromArray(values);
        ((UpdatableRecord<?>) row).store();
    }

    private static String bare(String source) {
        return source.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Both say which generator they come from. */
    private static String undated(GeneratedClasses classes) {
        return classes.text().replaceAll("(?s)@Generated\\(.*?\\)", "");
    }
}
