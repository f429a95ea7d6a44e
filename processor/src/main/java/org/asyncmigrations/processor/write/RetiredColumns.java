package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes the columns that migrations take away, in methods of the size of those that make migrations. */
final class RetiredColumns {
    private static final String METHOD = "retiredColumns";
    private static final TypeName COLUMNS =
            ParameterizedTypeName.get(ClassName.get(List.class), RuntimeNames.RETIRED_COLUMN);

    private RetiredColumns() {}

    static Cases cases(String selector) {
        return new Cases(selector, CodeBlock.of("$T.of()", List.class));
    }

    /** Absent where there are none. */
    static Optional<CodeBlock> of(Migration migration) {
        List<CodeBlock> columns = migration.content().retired().stream()
                .filter(column -> !column.name().isBlank())
                .flatMap(column -> column(column).stream())
                .toList();
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        CodeBlock.of("$T.of($L)", List.class, columns.stream().collect(CodeBlock.joining(",$W"))));
    }

    private static Optional<CodeBlock> column(RetiredColumn column) {
        return column.access()
                .map(access -> access.constant().isEmpty()
                        ? CodeBlock.of("new $T()", column.table())
                        : CodeBlock.of("$T.$L", column.table(), access.constant()))
                .map(table ->
                        CodeBlock.of("new $T($L,$W$L)", RuntimeNames.RETIRED_COLUMN, table, Literal.of(column.name())));
    }

    static MethodSpec override(CodeBlock code) {
        return Generated.override(METHOD, COLUMNS)
                .addParameter(TypeName.INT, "index")
                .addCode(code)
                .build();
    }

    /** The methods of a class that holds a thousand migrations; none where none of them takes a column away. */
    static List<MethodSpec> ofPart(List<Block> blocks) {
        Cases all = cases("index / " + Block.SIZE);
        List<MethodSpec> methods = new ArrayList<>();
        for (Block block : blocks) {
            Cases cases = block.retiredColumns();
            if (!cases.isEmpty()) {
                all.add(block.first() / Block.SIZE, CodeBlock.of("$L$L(index)", METHOD, block.first()));
                methods.add(method(METHOD + block.first(), cases.code()));
            }
        }
        if (!all.isEmpty()) {
            methods.add(0, method(METHOD, all.code()));
        }
        return methods;
    }

    private static MethodSpec method(String name, CodeBlock code) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .returns(COLUMNS)
                .addParameter(TypeName.INT, "index")
                .addCode(code)
                .build();
    }
}
