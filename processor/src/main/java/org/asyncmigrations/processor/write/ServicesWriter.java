package org.asyncmigrations.processor.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/**
 * Writes the class of all that migrations are made with. It is used as a record is, and is none: before 23, javac breaks down
 * over a generated record whose class file of the last compile is still there (JDK-8332297).
 */
final class ServicesWriter {
    private ServicesWriter() {}

    static TypeSpec write(ServicesPlan services) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addJavadoc("Takes all that the migrations need.\n\n")
                .addModifiers(Modifier.PUBLIC);
        TypeSpec.Builder type = TypeSpec.classBuilder(services.className())
                .addJavadoc("What the migrations of this build are made with: the parameters of their constructors.\n")
                .addAnnotation(Generated.mark())
                .addAnnotations(Generated.quiet(services.complaints()))
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL);
        for (ServicesPlan.Component component : services.components()) {
            String name = component.name();
            constructor
                    .addJavadoc("@param $L for $L\n", name, component.users())
                    .addParameter(component.type(), name)
                    .addStatement("this.$1L = $1L", name);
            type.addField(component.type(), name, Modifier.PRIVATE, Modifier.FINAL);
        }
        type.addMethod(constructor.build());
        services.components().forEach(component -> type.addMethod(accessor(component)));
        return type.build();
    }

    private static MethodSpec accessor(ServicesPlan.Component component) {
        return MethodSpec.methodBuilder(component.name())
                .addJavadoc("{@return what is there for $L}\n", component.users())
                .addModifiers(Modifier.PUBLIC)
                .returns(component.type())
                .addStatement("return $L", component.name())
                .build();
    }
}
