package org.asyncmigrations.processor.write;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Constructor;
import org.asyncmigrations.processor.model.Declaration;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Phase;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Migrations that go into one method: a method ends at 64 KB.
 *
 * @param first the index of the first of them
 * @param migrations the migrations
 */
record Block(int first, List<Migration> migrations) {
    /** Room for entries of 300 bytes: a description lies in the constants, not in the method. */
    static final int SIZE = 200;
    /** Entries of one class: it ends at 65,535 constants, of which an entry takes a few. */
    static final int PART_SIZE = 1_000;

    static List<Block> blocks(int first, List<Migration> migrations) {
        List<Block> blocks = new ArrayList<>();
        for (int from = 0; from < migrations.size(); from += SIZE) {
            int to = Math.min(from + SIZE, migrations.size());
            blocks.add(new Block(first + from, migrations.subList(from, to)));
        }
        return blocks;
    }

    CodeBlock addEntries() {
        CodeBlock.Builder code = CodeBlock.builder();
        migrations.forEach(migration -> code.addStatement("entries.add($L)", entry(migration)));
        return code.build();
    }

    /** What cannot be made has a finding, or a type that the compiler misses; the compile ends there. */
    CodeBlock create(ServicesPlan services) {
        Cases cases = new Cases("index");
        for (int i = 0; i < migrations.size(); i++) {
            int index = first + i;
            Migration migration = migrations.get(i);
            migration
                    .shape()
                    .constructor()
                    .map(constructor -> arguments(constructor, services))
                    .ifPresent(arguments ->
                            cases.add(index, CodeBlock.of("new $T($L)", migration.className(), arguments)));
        }
        return cases.code();
    }

    /** Of the migrations that take columns away; what cannot be named is left out, and so is not looked up when it runs. */
    Cases retiredColumns() {
        Cases cases = RetiredColumns.cases("index");
        for (int i = 0; i < migrations.size(); i++) {
            int index = first + i;
            RetiredColumns.of(migrations.get(i)).ifPresent(columns -> cases.add(index, columns));
        }
        return cases;
    }

    /** What a compiler would say of the calls in {@link #create}, and of the tables in {@link #retiredColumns}. */
    Stream<String> complaints() {
        return migrations.stream()
                .flatMap(migration -> Stream.concat(
                        migration.shape().constructor().stream().map(Constructor::complaints),
                        migration.content().retired().stream().map(RetiredColumn::complaints)))
                .flatMap(Set::stream);
    }

    private static CodeBlock arguments(Constructor constructor, ServicesPlan services) {
        return constructor.parameters().stream()
                .map(parameter -> CodeBlock.of("services.$L()", services.componentOf(parameter)))
                .collect(CodeBlock.joining(",$W"));
    }

    private static CodeBlock entry(Migration migration) {
        Declaration declaration = migration.declaration();
        By by = migration.marker().flatMap(marker -> marker.by()).orElse(By.DECLARATION);
        CodeBlock.Builder entry = CodeBlock.builder()
                .add(
                        "$T.$L($L,$W$S,$W$T.$L,$W$S)",
                        RuntimeNames.MIGRATION_ENTRY,
                        declaration.phase() == Phase.ASYNC ? "async" : "afterRelease",
                        migration.version().literal(),
                        migration.name(),
                        RuntimeNames.BY,
                        by,
                        migration.fingerprint());
        String after = after(declaration);
        if (!after.isEmpty()) {
            entry.add("$Z.after($L)", after);
        }
        if (!declaration.transactional()) {
            entry.add("$Z.withoutTransaction()");
        }
        if (migration.content().permission().isPresent()) {
            entry.add("$Z.changingSchema()");
        }
        declaration.schema().ifPresent(schema -> entry.add("$Z.requiringSchema($L)", Literal.of(schema.version())));
        if (!declaration.description().isEmpty()) {
            entry.add("$Z.describedAs($L)", Literal.of(declaration.description()));
        }
        return entry.build();
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
}
