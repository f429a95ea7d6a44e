package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes down the migrations whose classes have been deleted for good; spread over classes as the catalog is. */
final class RetiredWriter {
    private final Build build;
    private final List<JournalLine> retired;

    private RetiredWriter(Build build) {
        this.build = build;
        this.retired = build.retired();
    }

    /** The method of the catalog; none where nothing is retired. */
    static Optional<MethodSpec> method(Build build) {
        return new RetiredWriter(build).method();
    }

    /** The classes that many of them are spread over. */
    static List<TypeSpec> parts(Build build) {
        return new RetiredWriter(build).parts();
    }

    private Optional<MethodSpec> method() {
        if (retired.isEmpty()) {
            return Optional.empty();
        }
        MethodSpec.Builder method = Generated.override("retired", CatalogWriter.ENTRIES);
        if (!isSpread()) {
            CodeBlock entries = retired.stream().map(RetiredWriter::entry).collect(CodeBlock.joining(",\n"));
            boolean one = retired.size() == 1;
            method.addStatement(one ? "return $T.of($L)" : "return $T.of(\n$L)", List.class, entries);
        } else {
            method.addStatement("$T entries = new $T<>($L)", CatalogWriter.ENTRIES, ArrayList.class, retired.size());
            for (int from = 0; from < retired.size(); from += Block.PART_SIZE) {
                method.addStatement("$T.addEntries(entries)", part(from));
            }
            method.addStatement("return entries");
        }
        return Optional.of(method.build());
    }

    private boolean isSpread() {
        return retired.size() > Block.SIZE;
    }

    private ClassName part(int from) {
        return ClassName.get(build.home().packageName(), RuntimeNames.REGISTRY + "Retired" + from / Block.PART_SIZE);
    }

    private List<TypeSpec> parts() {
        List<TypeSpec> parts = new ArrayList<>();
        for (int from = 0; isSpread() && from < retired.size(); from += Block.PART_SIZE) {
            parts.add(part(from, retired.subList(from, Math.min(from + Block.PART_SIZE, retired.size()))));
        }
        return parts;
    }

    private TypeSpec part(int first, List<JournalLine> lines) {
        CodeBlock.Builder calls = CodeBlock.builder();
        List<MethodSpec> methods = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += Block.SIZE) {
            String name = "addEntries" + (first + from);
            CodeBlock.Builder entries = CodeBlock.builder();
            lines.subList(from, Math.min(from + Block.SIZE, lines.size()))
                    .forEach(line -> entries.addStatement("entries.add($L)", entry(line)));
            calls.addStatement("$L(entries)", name);
            methods.add(CatalogWriter.addEntries(name, entries.build()));
        }
        return TypeSpec.classBuilder(part(first))
                .addJavadoc("A part of the retired migrations of {@link $T}.\n", Generated.registry(build))
                .addAnnotation(Generated.mark())
                .addModifiers(Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethod(CatalogWriter.addEntries("addEntries", calls.build()))
                .addMethods(methods)
                .build();
    }

    private static CodeBlock entry(JournalLine line) {
        return CodeBlock.of(
                "$T.retired($L,$W$S,$W$T.$L,$W$S)",
                RuntimeNames.MIGRATION_ENTRY,
                line.version().literal(),
                line.className(),
                RuntimeNames.PHASE,
                line.phase(),
                line.release());
    }
}
