package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.ServiceComponents;
import org.asyncmigrations.processor.model.ServiceComponents.Component;

/**
 * Writes the interface of the objects that migrations need. It has no {@code @FunctionalInterface}: if it got a second method,
 * the compiler would report an error in the generated code, instead of at the user's lambda.
 */
final class ServicesWriter {
    private ServicesWriter() {}

    static TypeSpec write(ClassName name, ServiceComponents services) {
        List<Component> components = services.all();
        return TypeSpec.interfaceBuilder(name)
                .addJavadoc("What the migrations of this build are created with: a method for each parameter of their"
                        + " constructors. A method\nis called when a migration that needs it is created."
                        + " Several threads may call it at once.\n\n<p>For one method, write a lambda; for"
                        + " several, write a record or another class that implements this.\n")
                .addAnnotation(Generated.mark())
                .addAnnotations(Generated.quiet(components.stream()
                        .flatMap(component -> component.uses().stream())
                        .flatMap(use -> use.parameter().warnings().stream())))
                .addModifiers(Modifier.PUBLIC)
                .addMethods(components.stream().map(ServicesWriter::method).toList())
                .build();
    }

    private static MethodSpec method(Component component) {
        return MethodSpec.methodBuilder(component.name())
                .addJavadoc("{@return the value for $L}\n", component.users())
                .addAnnotations(component.qualifiers().stream()
                        .map(qualifier -> qualifier.annotation())
                        .toList())
                .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .returns(component.markedType())
                .build();
    }
}
