package org.asyncmigrations.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Declaration;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Phase;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes a migration's entry in the catalog. */
final class CatalogEntry {
    private CatalogEntry() {}

    static CodeBlock entry(Migration migration) {
        Declaration declaration = migration.declaration();
        By by = migration.marker().flatMap(marker -> marker.by()).orElse(By.DECLARATION);
        boolean isSchema = migration.supertypes().kind() == Kind.SCHEMA;
        CodeBlock.Builder entry = CodeBlock.builder();
        if (isSchema) {
            entry.add(
                    "$T.schema($L,$W$S,$W$T.$L,$W$S)",
                    RuntimeNames.MIGRATION_ENTRY,
                    migration.version().literal(),
                    migration.name(),
                    RuntimeNames.PHASE,
                    declaration.phase(),
                    migration.fingerprint());
        } else {
            entry.add(
                    "$T.$L($L,$W$S,$W$T.$L,$W$S)",
                    RuntimeNames.MIGRATION_ENTRY,
                    declaration.phase() == Phase.ASYNC ? "async" : "afterRelease",
                    migration.version().literal(),
                    migration.name(),
                    RuntimeNames.BY,
                    by,
                    migration.fingerprint());
        }
        String after = after(declaration);
        if (!after.isEmpty()) {
            entry.add("$Z.after($L)", after);
        }
        if (!declaration.transactional() && !isSchema) {
            entry.add("$Z.withoutTransaction()");
        }
        if (migration.content().permission().isPresent() && !isSchema) {
            entry.add("$Z.changingSchema()");
        }
        declaration.schema().ifPresent(schema -> entry.add("$Z.requiringSchema($L)", Literal.of(schema.value())));
        if (declaration.startRule().onApproval()) {
            entry.add("$Z.onApproval()");
        }
        if (!declaration.startRule().delay().isEmpty()) {
            entry.add("$Z.startingAfter($L)", Literal.of(declaration.startRule().delay()));
        }
        if (declaration.independence().declared()) {
            entry.add("$Z.independently()");
        }
        if (!declaration.independence().writes().isEmpty()) {
            entry.add("$Z.writing($L)", writes(declaration));
        }
        if (!declaration.description().isEmpty()) {
            entry.add("$Z.describedAs($L)", Literal.of(declaration.description()));
        }
        return entry.build();
    }

    private static String writes(Declaration declaration) {
        return declaration.independence().writes().stream()
                .map(table -> Literal.of(table.value()))
                .collect(Collectors.joining(", "));
    }

    private static String after(Declaration declaration) {
        return declaration.after().stream()
                .flatMap(dependency -> dependency.version().stream())
                .filter(version -> version.readable())
                .sorted(Comparator.comparingLong(version -> version.value()))
                .map(version -> version.literal())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** {@return the entry of a migration whose class has been deleted for good} */
    static CodeBlock retired(JournalLine line) {
        return CodeBlock.of(
                "$T.retired($L,$W$S,$W$T.$L,$W$S)",
                RuntimeNames.MIGRATION_ENTRY,
                line.version().literal(),
                line.className(),
                RuntimeNames.PHASE,
                line.phase(),
                line.release());
    }

    /**
     * {@return the columns that a migration retires, usually none} At run time, columns of tables that can't be named aren't
     * checked.
     */
    static Optional<CodeBlock> retiredColumns(Migration migration) {
        List<CodeBlock> columns = migration.content().retired().stream()
                .filter(column -> !column.name().isBlank())
                .flatMap(column -> column(column).stream())
                .toList();
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(CodeBlock.of("$T.of($L)", List.class, CodeBlock.join(columns, ",$W")));
    }

    private static Optional<CodeBlock> column(RetiredColumn column) {
        return column.access()
                .map(access -> access.constant().isEmpty()
                        ? CodeBlock.of("new $T()", column.table())
                        : CodeBlock.of("$T.$L", column.table(), access.constant()))
                .map(table ->
                        CodeBlock.of("new $T($L,$W$L)", RuntimeNames.RETIRED_COLUMN, table, Literal.of(column.name())));
    }
}
