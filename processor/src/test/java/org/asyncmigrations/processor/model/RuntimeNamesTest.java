package org.asyncmigrations.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.AsyncMigrations;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.CatalogEntries;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.RetiresColumn;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.Start;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.state.StateTables;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names that the processor knows are names that the runtime has. What generated code calls, its own compile holds. */
class RuntimeNamesTest {
    @ParameterizedTest
    @MethodSource("classNames")
    void eachNameIsThatOfAClass(ClassName name) throws ClassNotFoundException {
        assertThat(Class.forName(name.reflectionName())).isPublic();
    }

    @Test
    void theAnnotationsHaveTheValuesThatAreRead() {
        assertThat(values(AsyncMigration.class))
                .containsExactlyInAnyOrder(
                        "version",
                        "description",
                        "after",
                        "transactional",
                        "requiresSchema",
                        "start",
                        "startsAfter",
                        "independent",
                        "writes");
        assertThat(values(AfterRelease.class)).isEqualTo(values(AsyncMigration.class));
        assertThat(values(Idempotent.class)).containsExactlyInAnyOrder("value", "because");
        assertThat(values(AsyncMigrations.class))
                .containsExactlyInAnyOrder(
                        "schema", "prefix", "services", "include", "database", "listed", "components");
        assertThat(values(CatalogEntries.class)).containsExactlyInAnyOrder("value", "code", "retired", "state");
        assertThat(values(ChangesSchema.class)).containsExactly("because");
        assertThat(values(RetiresColumn.class)).containsExactlyInAnyOrder("table", "name");
        assertThat(values(RetiresColumn.List.class)).containsExactly("value");
        assertThat(values(GeneratedSource.class)).containsExactly("value");
    }

    @Test
    void theEnumsHaveTheSameConstants() {
        assertThat(names(By.values())).isEqualTo(names(org.asyncmigrations.By.values()));
        assertThat(names(Phase.values())).isEqualTo(names(org.asyncmigrations.Phase.values()));
        assertThat(names(Start.values())).containsExactly("AUTOMATIC", RuntimeNames.ON_APPROVAL);
    }

    @Test
    void theDefaultsAreTheSame() throws NoSuchMethodException {
        assertThat(AsyncMigrations.class.getMethod("prefix").getDefaultValue()).isEqualTo(RuntimeNames.DEFAULT_PREFIX);
        assertThat(AsyncMigrations.class.getMethod("services").getDefaultValue())
                .isEqualTo(RuntimeNames.DEFAULT_SERVICES);
        assertThat(AsyncMigrations.class.getMethod("schema").getDefaultValue()).isEqualTo("");
        assertThat(MigrationEntry.UNKNOWN).isEqualTo(RuntimeNames.UNKNOWN_FINGERPRINT);
        assertThat(MigrationEntry.RETIRED).isEqualTo(JournalLine.RETIRED);
    }

    @Test
    void theMembersThatGeneratedCodeCallsAreThere() throws NoSuchMethodException {
        assertThat(BatchMigration.class.getMethod(RuntimeNames.PENDING).getReturnType())
                .isEqualTo(Condition.class);
        assertThat(RegistryBuilder.class.getMethod("of", DataSource.class, MigrationCatalog.class))
                .isNotNull();
        assertThat(RegistryBuilder.class.getMethod("of", Configuration.class, MigrationCatalog.class))
                .isNotNull();
        assertThat(MigrationEntry.class.getMethod("after", Long[].class)).isNotNull();
    }

    @Test
    void theMembersThatAreLookedForInBatchMigrationsAreThere() throws NoSuchMethodException {
        assertThat(BatchMigration.class.getMethod(RuntimeNames.MIGRATE, RowBatch.class))
                .isNotNull();
        assertThat(BatchMigration.class.getMethod(RuntimeNames.KEY).getReturnType())
                .isEqualTo(BatchKey.class);
        assertThat(BatchKey.class.getMethod(RuntimeNames.KEY_FACTORY, Table.class, Field[].class))
                .isNotNull();
        assertThat(BatchKey.class.getMethod(RuntimeNames.KEY_FACTORY, TableField.class))
                .isNotNull();
        assertThat(BatchKey.class.getMethod(RuntimeNames.POSITION_FACTORY, Table.class))
                .isNotNull();
        assertThat(BatchKey.class.getMethod(RuntimeNames.DESCENDING)).isNotNull();
        assertThat(RowBatch.class.getMethod(RuntimeNames.EXECUTE, String.class, Object[].class))
                .isNotNull();
        assertThat(SqlBackfill.class.getMethod(RuntimeNames.DECLARES).getReturnType())
                .isEqualTo(Backfill.class);
        assertThat(Backfill.class.getMethod(RuntimeNames.KEY_FACTORY, String.class, String[].class))
                .isNotNull();
        assertThat(Backfill.class.getMethods()).extracting(Method::getName).containsAll(RuntimeNames.BACKFILL_PARTS);
    }

    @Test
    void theMethodsThatTakeSomethingAwayAreThere() {
        assertThat(SchemaChange.class.getMethods()).extracting(Method::getName).containsAll(RuntimeNames.DROPS);
        for (Class<?> inSteps : List.of(ExpandContract.class, RenameByView.class)) {
            assertThat(inSteps.getMethods()).extracting(Method::getName).containsAll(RuntimeNames.LAST_STEPS);
        }
    }

    /** Another one would be taken for a use of the rows, and the finding would be missed. */
    @Test
    void theWaysFromABatchToTheDatabaseAreKnown() {
        List<String> ways = Arrays.stream(RowBatch.class.getMethods())
                .filter(method -> method.getReturnType() == DSLContext.class
                        || method.getReturnType() == Connection.class
                        || method.getReturnType() == Configuration.class)
                .map(Method::getName)
                .toList();
        assertThat(ways).contains("dsl", "connection").isSubsetOf(RuntimeNames.CONNECTIONS);
    }

    @Test
    void theTablesAreThoseOfTheRuntimeInItsOrder() {
        List<String> tables = Arrays.stream(StateTables.class.getRecordComponents())
                .map(RecordComponent::getType)
                .map(Class::getSimpleName)
                .toList();
        assertThat(RuntimeNames.TABLES).isEqualTo(tables);
    }

    static Stream<ClassName> classNames() {
        return Arrays.stream(RuntimeNames.class.getFields())
                .filter(field -> field.getType() == ClassName.class)
                .map(RuntimeNamesTest::read);
    }

    private static ClassName read(java.lang.reflect.Field field) {
        try {
            return (ClassName) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> values(Class<?> annotation) {
        return Arrays.stream(annotation.getDeclaredMethods())
                .map(method -> method.getName())
                .sorted()
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
