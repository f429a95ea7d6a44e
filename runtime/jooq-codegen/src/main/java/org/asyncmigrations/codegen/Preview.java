package org.asyncmigrations.codegen;

import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.Generator;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database as the generator will see them. Columns can be removed here: jOOQ reads tables and columns once, and
 * keys, indexes and embeddables later, and leaves out those that miss a column.
 *
 * @param database jOOQ's model of the database
 */
record Preview(Database database) {
    static Preview of(Database database, Generator generator) {
        // Settings that the generator makes before it reads the tables; set later, they have no effect.
        database.setIncludeRelations(generator.generateRelations());
        database.setTableValuedFunctions(generator.generateTableValuedFunctions());
        database.addFilter(new OneTableAClass(generator.getStrategy()));
        return new Preview(database);
    }

    /** Whether this run reads a schema at all. A file may be for several runs. */
    boolean reads(@Nullable String schema) {
        return schema == null
                || database.getSchemata().stream()
                        .anyMatch(read -> read.getInputName().equalsIgnoreCase(schema));
    }

    /** {@return the tables with this name, in the same case if there are any, otherwise in any case} */
    List<TableDefinition> tables(@Nullable String schema, String name) {
        List<TableDefinition> tables = tables().filter(table ->
                        schema == null || table.getSchema().getInputName().equalsIgnoreCase(schema))
                .toList();
        return named(tables, name);
    }

    /** {@return the columns with this name, in the same case if there are any, otherwise in any case} */
    static List<ColumnDefinition> columns(TableDefinition table, String name) {
        return named(table.getColumns(), name);
    }

    List<String> tableNames() {
        return tables().map(Definition::getInputName).distinct().toList();
    }

    static List<String> columnNames(TableDefinition table) {
        return table.getColumns().stream().map(Definition::getInputName).toList();
    }

    /** Whether jOOQ's configuration already excludes the table or the column. */
    boolean excludes(RetiredColumn column) {
        return database.getExcluded().stream().anyMatch(definition -> isOf(column, definition));
    }

    private static boolean isOf(RetiredColumn column, Definition definition) {
        if (definition instanceof ColumnDefinition excluded) {
            return excluded.getInputName().equalsIgnoreCase(column.name())
                    && excluded.getContainer().getInputName().equalsIgnoreCase(column.table());
        }
        return definition instanceof TableDefinition
                && definition.getInputName().equalsIgnoreCase(column.table())
                && (column.schema() == null
                        || definition.getSchema().getInputName().equalsIgnoreCase(column.schema()));
    }

    private Stream<TableDefinition> tables() {
        return database.getTables().stream();
    }

    private static <D extends Definition> List<D> named(List<D> definitions, String name) {
        List<D> exact = definitions.stream()
                .filter(definition -> definition.getInputName().equals(name))
                .toList();
        return exact.isEmpty()
                ? definitions.stream()
                        .filter(definition -> definition.getInputName().equalsIgnoreCase(name))
                        .toList()
                : exact;
    }
}
