package org.asyncmigrations.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Names, annotations and members that the generated classes have in common. */
final class Generated {
    private static final String PROCESSOR = "org.asyncmigrations.processor.MigrationProcessor";

    private Generated() {}

    static AnnotationSpec mark() {
        return AnnotationSpec.builder(RuntimeNames.GENERATED_SOURCE)
                .addMember("value", "$S", PROCESSOR)
                .build();
    }

    /** {@return an annotation to suppress warnings that users get at their own declarations already; usually none} */
    static List<AnnotationSpec> quiet(Stream<String> warnings) {
        List<CodeBlock> names = warnings.sorted()
                .distinct()
                .map(name -> CodeBlock.of("$S", name))
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        CodeBlock value = names.size() == 1 ? names.get(0) : names.stream().collect(CodeBlock.joining(", ", "{", "}"));
        return List.of(AnnotationSpec.builder(SuppressWarnings.class)
                .addMember("value", value)
                .build());
    }

    static MethodSpec.Builder override(String name, TypeName returned) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returned);
    }

    static MethodSpec overriding(String name, TypeName returned, CodeBlock result) {
        return override(name, returned).addStatement("return $L", result).build();
    }

    static MethodSpec noInstances() {
        return MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build();
    }

    /** Adds a field, and a constructor that sets it. */
    static void addField(TypeSpec.Builder type, TypeName fieldType, String name, Modifier... modifiers) {
        type.addField(fieldType, name, Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(modifiers)
                        .addParameter(fieldType, name)
                        .addStatement("this.$1L = $1L", name)
                        .build());
    }

    static TypeName listOf(TypeName type) {
        return ParameterizedTypeName.get(ClassName.get(List.class), type);
    }
}
