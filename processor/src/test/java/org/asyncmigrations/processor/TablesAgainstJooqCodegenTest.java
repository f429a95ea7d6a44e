package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table classes have what users know from jooq-codegen: columns, keys, aliases and getters. */
class TablesAgainstJooqCodegenTest {
    private static List<Table<?>> all;
    private static Loaded codegen;

    @BeforeAll
    static void generateBoth(@TempDir Path directory) throws Exception {
        Compiled compiled = Compiled.of(List.of(Samples.migration("com.acme.Plain", 20261121_093000L)));
        all = Loaded.of(compiled)
                .catalog("com.acme.AsyncMigrationRegistry")
                .tables()
                .all();
        codegen = Codegen.of(all, directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void theColumnsHaveTheSameNamesTypesAndNullability(int table) throws Exception {
        assertThat(columns(all.get(table))).isNotEmpty().isEqualTo(columns(theirs(table)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void theKeysHaveTheSameColumns(int table) throws Exception {
        UniqueKey<?> key = all.get(table).getPrimaryKey();
        assertThat(key).isNotNull();
        assertThat(key.getName()).isEqualTo(theirs(table).getPrimaryKey().getName());
        assertThat(names(key)).isEqualTo(names(theirs(table).getPrimaryKey()));
        assertThat(all.get(table).getKeys()).hasSameSizeAs(theirs(table).getKeys());
        assertThat(all.get(table).getIdentity()).isNull();
        assertThat(theirs(table).getIdentity()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aliasesAndNewNamesAreOfTheTablesOwnType(int table) throws Exception {
        assertThat(aliases(all.get(table))).hasSize(6).isEqualTo(aliases(theirs(table)));
        Table<?> alias = all.get(table).as("x");
        assertThat(DSL.select(alias.field(0)).from(alias).getSQL())
                .startsWith("select \"x\".")
                .endsWith(" from \"" + all.get(table).getName() + "\" \"x\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void theRecordsHaveTheSameGettersAndNoSetters(int table) throws Exception {
        Set<String> ours = accessors(all.get(table));
        assertThat(ours)
                .hasSize(all.get(table).fields().length)
                .isEqualTo(accessors(theirs(table)).stream()
                        .filter(method -> method.contains(" get"))
                        .collect(Collectors.toSet()));
    }

    private static Table<?> theirs(int table) throws ReflectiveOperationException {
        Class<?> type = Codegen.table(codegen, all.get(table).getClass());
        return (Table<?>) type.getDeclaredConstructor().newInstance();
    }

    private static Set<String> columns(Table<?> table) throws IllegalAccessException {
        Set<String> columns = new TreeSet<>();
        for (Field member : table.getClass().getFields()) {
            if (member.get(table) instanceof TableField<?, ?> column) {
                columns.add("%s %s %s(%d, %d) nullable=%s"
                        .formatted(
                                member.getName(),
                                column.getName(),
                                column.getType().getName(),
                                column.getDataType().length(),
                                column.getDataType().precision(),
                                column.getDataType().nullable()));
            }
        }
        return columns;
    }

    private static List<String> names(UniqueKey<?> key) {
        return key.getFields().stream().map(org.jooq.Field::getName).toList();
    }

    private static Set<String> aliases(Table<?> table) {
        Set<String> methods = new TreeSet<>();
        for (Method method : table.getClass().getMethods()) {
            boolean naming = Set.of("as", "rename").contains(method.getName());
            if (naming && method.getReturnType() == table.getClass()) {
                methods.add(method.getName() + Arrays.toString(method.getParameterTypes()));
            }
        }
        return methods;
    }

    /** Those of the columns: what jOOQ's own record classes have is left out. */
    private static Set<String> accessors(Table<?> table) {
        Set<String> methods = new TreeSet<>();
        for (Method method : table.getRecordType().getMethods()) {
            boolean ofJooq =
                    method.getDeclaringClass().getName().matches("(org\\.jooq|java)\\..*") || method.isBridge();
            if (!ofJooq && method.getName().matches("(get|set)[A-Z].*")) {
                methods.add(method.getReturnType().getSimpleName() + " " + method.getName()
                        + Arrays.toString(method.getParameterTypes()));
            }
        }
        return methods;
    }
}
