package org.asyncmigrations.processor.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/** Writes the jOOQ class of a state table's rows; getters and setters are the runtime's. */
final class RecordWriter {
    private RecordWriter() {}

    static TypeSpec write(TableNames names) {
        return TypeSpec.classBuilder(names.record())
                .addJavadoc("A row of {@link $T}.\n", names.table())
                .addAnnotation(Generated.mark())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(names.recordParent())
                .addField(Generated.serialVersion())
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("An empty row.\n")
                        .addModifiers(Modifier.PUBLIC)
                        .addStatement("super($T.$L)", names.table(), names.constant())
                        .build())
                .build();
    }
}
