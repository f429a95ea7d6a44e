package org.asyncmigrations.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes the class that points to the registry, in the one package that the compiles of other modules list. */
final class MarkerWriter {
    private MarkerWriter() {}

    /**
     * Absent in a named module, which may not have a package that another module has, and for the unnamed package, whose
     * classes no other package can name.
     */
    static Optional<TypeSpec> write(Build build) {
        String packageName = build.home().packageName();
        if (build.modules().named() || packageName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(TypeSpec.classBuilder(Names.marker(packageName))
                .addJavadoc("Points to {@link $T}.\n", build.home().registry())
                .addAnnotation(Generated.mark())
                .addAnnotation(AnnotationSpec.builder(RuntimeNames.CATALOG_OF)
                        .addMember("value", "$T.class", build.home().registry())
                        .build())
                .addModifiers(Modifier.FINAL)
                .addMethod(Generated.noInstances())
                .build());
    }
}
