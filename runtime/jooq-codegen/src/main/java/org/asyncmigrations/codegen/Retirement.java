package org.asyncmigrations.codegen;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.TableDefinition;

/** Checks entries against the database and the journal, and removes their columns. Used by one thread. */
final class Retirement {
    private final Preview preview;
    private final Journal journal;
    private final Findings findings;
    private final Map<String, RetiredColumn> taken = new HashMap<>();

    Retirement(Preview preview, Journal journal, Findings findings) {
        this.preview = preview;
        this.journal = journal;
        this.findings = findings;
    }

    void retire(RetiredColumn column) {
        if (!preview.reads(column.schema())) {
            return;
        }
        List<TableDefinition> tables = preview.tables(column.schema(), column.table());
        if (tables.size() == 1) {
            retire(column, tables.get(0));
        } else if (!tables.isEmpty()) {
            findings.error(
                    "UnknownRetiredColumn",
                    column.place(),
                    column + " must say which table it means; write "
                            + tables.stream()
                                    .map(table -> table.getSchema().getInputName() + "." + column)
                                    .collect(Collectors.joining(" or ")));
        } else if (!preview.excludes(column)) {
            tableIsMissing(column);
        }
    }

    private void retire(RetiredColumn column, TableDefinition table) {
        List<ColumnDefinition> columns = Preview.columns(table, column.name());
        RetiredColumn twin = taken.get(key(table, column.name()));
        if (twin != null) {
            findings.error(
                    "RetiredColumnTwice",
                    column.place(),
                    column + " must be listed only once, but is also in line "
                            + twin.place().line() + " ; remove one of the two");
        } else if (columns.size() == 1) {
            retire(column, table, columns.get(0));
        } else if (!preview.excludes(column)) {
            columnIsMissing(column, table);
        }
    }

    private void retire(RetiredColumn column, TableDefinition table, ColumnDefinition found) {
        Keys keys = Keys.with(preview.database(), found);
        if (keys.primary().isPresent()) {
            findings.error(
                    "RetiredColumnInPrimaryKey",
                    column.place(),
                    column + " may not be in the primary key " + keys.primary().get()
                            + ": the table's records would have no primary key, and so no store(), refresh() or DAO;"
                            + " give the table another primary key first");
        }
        if (column.filledBy() == null && !table.isView() && !isFilled(found.getType())) {
            findings.error(
                    "RetiredColumnRequired",
                    column.place(),
                    column + " must be nullable or have a default: inserts of the generated classes leave it out and"
                            + " would fail; change that in an earlier schema migration, or, if a trigger fills the"
                            + " column, add \"filled by <trigger>\" to the line");
        }
        release(column)
                .ifPresent(release -> findings.warning(
                        "RetiredColumnOverdue",
                        column.place(),
                        column + " has been dropped by " + column.droppedBy() + ", released with " + release
                                + ", but is still in the schema that jOOQ reads; drop it there, and remove this line"));
        leaveOut(column, table, found, keys);
    }

    private void leaveOut(RetiredColumn column, TableDefinition table, ColumnDefinition found, Keys keys) {
        taken.put(key(table, column.name()), column);
        table.getColumns().remove(found);
        findings.note(
                column.place(),
                column + " is left out"
                        + (keys.others().isEmpty() ? "" : ", and so is " + String.join(", ", keys.others())));
    }

    /** Whether an insert that doesn't name the column succeeds. */
    private static boolean isFilled(DataTypeDefinition type) {
        return type.isNullable() || type.isDefaulted() || type.isIdentity() || type.isComputed();
    }

    private void tableIsMissing(RetiredColumn column) {
        if (release(column).isPresent()) {
            warnOfGone(column);
            return;
        }
        findings.error(
                "UnknownRetiredColumn",
                column.place(),
                column + " must be of a table that exists; "
                        + Nearest.to(column.table(), preview.tableNames())
                                .map(table -> "write " + table + " for " + column.table())
                                .orElse("correct " + column.tableName()
                                        + ", or name its schema if another run of jOOQ reads it"));
    }

    private void columnIsMissing(RetiredColumn column, TableDefinition table) {
        Optional<String> nearest = Nearest.to(column.name(), Preview.columnNames(table));
        if (release(column).isPresent() || column.droppedBy() != null && nearest.isEmpty()) {
            warnOfGone(column);
            return;
        }
        findings.error(
                "UnknownRetiredColumn",
                column.place(),
                column + " must be a column of " + table.getInputName() + "; "
                        + nearest.map(name -> "write " + name + " for " + column.name())
                                .orElse("correct " + column.name())
                        + (column.droppedBy() == null ? "" : ", or, if it has been dropped, remove this line"));
    }

    private void warnOfGone(RetiredColumn column) {
        findings.warning(
                "RetiredColumnOverdue",
                column.place(),
                column + " is no longer in the database"
                        + release(column)
                                .map(release -> ", and " + column.droppedBy() + " was released with " + release)
                                .orElse("")
                        + "; remove this line once no branch adds the column again");
    }

    private Optional<String> release(RetiredColumn column) {
        return Optional.ofNullable(column.droppedBy()).flatMap(journal::release);
    }

    private static String key(TableDefinition table, String column) {
        return table.getQualifiedInputName() + "." + column.toLowerCase(Locale.ROOT);
    }
}
