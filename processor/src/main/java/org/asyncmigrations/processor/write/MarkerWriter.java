package org.asyncmigrations.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes the class that points to the registry, in the one package that the compiles of other modules list. */
final class MarkerWriter {
    private MarkerWriter() {}

    /**
     * Absent in a named module, which may not have a package that another module has, where the package's annotation says so, and for the unnamed package, whose
     * classes no other package can name.
     */
    static Optional<TypeSpec> write(Build build) {
        String packageName = build.home().packageName();
        if (build.modules().named() || !build.home().listed() || packageName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(TypeSpec.classBuilder(Names.marker(packageName))
                .addJavadoc("Points to {@link $T}.\n", Generated.registry(build))
                .addAnnotation(Generated.mark())
                .addAnnotation(AnnotationSpec.builder(RuntimeNames.CATALOG_OF)
                        .addMember("value", "$T.class", Generated.registry(build))
                        .build())
                .addModifiers(Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .build());
    }
}
