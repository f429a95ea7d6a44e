package org.asyncmigrations.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Parameter.Qualifier;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.ServiceComponents;
import org.asyncmigrations.processor.model.ServiceComponents.Component;

/**
 * Writes the class that defines Spring beans for the registry and its services. It gets providers instead of beans, so that beans
 * may depend on the registry.
 *
 * @param registryPackage its package
 * @param services the objects that the migrations need
 */
record SpringWriter(RegistryPackage registryPackage, ServiceComponents services) {
    private static final ClassName BEAN = ClassName.get("org.springframework.context.annotation", "Bean");
    private static final ClassName SERVICES = ClassName.get("org.asyncmigrations.spring", "SpringServices");
    private static final ClassName PROVIDER = ClassName.get("org.springframework.beans.factory", "ObjectProvider");

    /** A method has at most 255 parameters. */
    private static final int PART = 200;

    TypeSpec write() {
        TypeSpec.Builder type = beans(RuntimeNames.BEANS)
                .addJavadoc("The beans of this build's migrations; imported by async-migrations-spring-boot.\n")
                .addAnnotation(Generated.mark())
                .addAnnotations(Generated.quiet(services.all().stream()
                        .flatMap(component -> component.uses().stream())
                        .flatMap(use -> use.parameter().warnings().stream())));
        if (!services.isEmpty()) {
            addServices(type);
        }
        TypeSpec.Builder registry = beans("Registry")
                .addJavadoc("The bean of the registry; not imported if another registry includes it.\n")
                .addModifiers(Modifier.STATIC);
        return type.addType(registry.addMethod(registryMethod()).build()).build();
    }

    private static TypeSpec.Builder beans(String name) {
        return TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("Called by Spring.\n")
                        .addModifiers(Modifier.PUBLIC)
                        .build());
    }

    private MethodSpec registryMethod() {
        MethodSpec.Builder method = bean("registry", registryPackage.registry(), "")
                .addJavadoc("The registry.\n\n@param registries the starter's\n")
                .addParameter(ClassName.bestGuess(RuntimeNames.SPRING_REGISTRIES), "registries");
        if (!services.isEmpty()) {
            method.addJavadoc("@param services what the migrations are created with\n")
                    .addParameter(registryPackage.servicesName(), "services");
        }
        return method.addJavadoc("@return the registry\n")
                .addStatement(
                        "return registries.build($T.$L($L))",
                        registryPackage.registry(),
                        RuntimeNames.CATALOG_METHOD,
                        services.isEmpty() ? "" : "services")
                .build();
    }

    /** Adds the class that asks the providers. If they are too many for a constructor, it gets them in parts. */
    private void addServices(TypeSpec.Builder type) {
        List<List<Component>> parts = parts();
        TypeSpec.Builder asking = TypeSpec.classBuilder("FromBeans")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(registryPackage.servicesName())
                .addSuperinterface(SERVICES);
        List<ParameterSpec> given = new ArrayList<>();
        if (parts.size() == 1) {
            parts.get(0).forEach(component -> given.add(provider(component)));
        } else {
            for (int number = 0; number < parts.size(); number++) {
                given.add(addPart(type, parts.get(number), number));
            }
        }
        addFields(asking, given);
        MethodSpec.Builder requireAll = Generated.override("requireAllBeans", TypeName.VOID);
        for (int number = 0; number < parts.size(); number++) {
            String from = parts.size() == 1 ? "" : partName(number) + ".";
            parts.get(number).forEach(component -> addComponent(asking, requireAll, component, from));
        }
        MethodSpec.Builder method = bean("services", registryPackage.servicesName(), "")
                .addJavadoc("What the migrations are created with.\n\n");
        addMaking(type, method, given, nested("FromBeans"));
        type.addType(asking.addMethod(requireAll.build()).build());
    }

    private static void addComponent(
            TypeSpec.Builder asking, MethodSpec.Builder requireAll, Component component, String from) {
        CodeBlock provider = CodeBlock.of("$L$L", from, component.name());
        asking.addMethod(Generated.overriding(
                component.name(),
                component.markedType(),
                CodeBlock.of("$L.$L()", provider, isOptional(component) ? "getIfAvailable" : "getObject")));
        if (!isOptional(component)) {
            requireAll.addStatement("$T.require($S, $S, $L)", SERVICES, component.name(), component.users(), provider);
        }
    }

    /** Whether the component may be null for all that use it. */
    private static boolean isOptional(Component component) {
        return component.uses().stream()
                .allMatch(use -> use.parameter().typeMarks().stream()
                        .anyMatch(mark -> !mark.contains("/") && mark.endsWith(".Nullable")));
    }

    private ParameterSpec addPart(TypeSpec.Builder type, List<Component> components, int number) {
        List<ParameterSpec> given =
                components.stream().map(SpringWriter::provider).toList();
        String name = partName(number);
        TypeSpec.Builder part = TypeSpec.classBuilder("Part" + number)
                .addJavadoc("Part of what the migrations are created with.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);
        addFields(part, given);
        type.addType(part.build());
        ClassName partType = nested("Part" + number);
        MethodSpec.Builder method =
                bean(name, partType, "." + name).addJavadoc("Part of what the migrations are created with.\n\n");
        addMaking(type, method, given, partType);
        return ParameterSpec.builder(partType, name).build();
    }

    private static void addMaking(
            TypeSpec.Builder type, MethodSpec.Builder method, List<ParameterSpec> given, ClassName made) {
        given.forEach(parameter -> method.addJavadoc("@param $L provides it\n", parameter.name()));
        type.addMethod(method.addParameters(given)
                .addJavadoc("@return an implementation that gets the beans\n")
                .addStatement(
                        "return new $T($L)",
                        made,
                        given.stream()
                                .map(parameter -> CodeBlock.of("$L", parameter.name()))
                                .collect(CodeBlock.joining(",$W")))
                .build());
    }

    private static void addFields(TypeSpec.Builder type, List<ParameterSpec> given) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        for (ParameterSpec parameter : given) {
            type.addField(parameter.type(), parameter.name(), Modifier.PRIVATE, Modifier.FINAL);
            constructor
                    .addParameter(parameter.type(), parameter.name())
                    .addStatement("this.$1L = $1L", parameter.name());
        }
        type.addMethod(constructor.build());
    }

    private static ParameterSpec provider(Component component) {
        TypeName type = ParameterizedTypeName.get(PROVIDER, component.type().box());
        return ParameterSpec.builder(type, component.name())
                .addAnnotations(component.uses().get(0).parameter().qualifiers().stream()
                        .filter(Qualifier::named)
                        .map(Qualifier::annotation)
                        .toList())
                .build();
    }

    /** The bean's name contains the package, because an application may have the registries of several modules. */
    private MethodSpec.Builder bean(String name, ClassName returned, String suffix) {
        String beanName =
                (returned.simpleNames().size() > 1 ? registryPackage.servicesName() : returned).canonicalName();
        return MethodSpec.methodBuilder(name)
                .addAnnotation(AnnotationSpec.builder(BEAN)
                        .addMember("value", "$S", beanName + suffix)
                        .build())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(returned);
    }

    private List<List<Component>> parts() {
        List<Component> all = services.all();
        List<List<Component>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PART) {
            parts.add(all.subList(from, Math.min(from + PART, all.size())));
        }
        return parts;
    }

    private static String partName(int number) {
        return "part" + number;
    }

    private ClassName nested(String name) {
        return ClassName.get(registryPackage.packageName(), RuntimeNames.BEANS, name);
    }
}
