package org.asyncmigrations.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.ServiceComponents;

/**
 * Writes the registry, with its builders, the calls that it forwards to the dispatcher, and a handle for each migration; and the
 * marker that points other modules to it.
 *
 * @param build its content
 * @param services the objects that the migrations need
 * @param catalog writes its nested classes
 */
record RegistryWriter(Build build, ServiceComponents services, CatalogWriter catalog) {
    private static final ClassName DATA_SOURCE = ClassName.get("javax.sql", "DataSource");
    private static final ClassName CONFIGURATION = ClassName.get("org.jooq", "Configuration");

    TypeSpec write() {
        ClassName registry = build.registryPackage().registry();
        TypeSpec.Builder type = TypeSpec.classBuilder(registry)
                .addJavadoc(
                        "The migrations of this build, in the order of their versions, and the work on them. Safe for threads.\n\n"
                                + "<p>Written by the processor of async-migrations from the classes annotated {@code @AsyncMigration}\n"
                                + "and {@code @AfterRelease}.\n")
                .addAnnotation(Generated.mark())
                .addAnnotation(entries())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(RuntimeNames.MIGRATION_REGISTRY);
        Generated.addField(type, RuntimeNames.DISPATCHER, "dispatcher", Modifier.PRIVATE);
        type.addMethod(builder(DATA_SOURCE, "dataSource", "where the data and the state tables are"))
                .addMethod(builder(CONFIGURATION, "configuration", "whose connections and dialect are used"))
                .addMethod(catalogMethod())
                .addMethod(forward("dispatch", RuntimeNames.DISPATCH_WORK))
                .addMethod(forward("dispatch", RuntimeNames.DISPATCH_WORK, RuntimeNames.MODE, "mode"))
                .addMethod(forward("entries", Generated.listOf(RuntimeNames.MIGRATION_ENTRY)))
                .addMethod(forward("status", RuntimeNames.DISPATCH_STATUS))
                .addMethod(forward("migration", RuntimeNames.MIGRATION_HANDLE, TypeName.LONG, "version"))
                .addMethod(forward("arrive"))
                .addMethod(forward("stopWork"))
                .addMethod(work())
                .addMethod(forward("close"));
        Names.handles(build).forEach((migration, name) -> type.addMethod(handle(migration, name)));
        return type.addTypes(catalog.nestedClasses()).build();
    }

    private MethodSpec builder(ClassName source, String name, String meaning) {
        MethodSpec.Builder method = factory("builder", RuntimeNames.REGISTRY_BUILDER)
                .addJavadoc("Settings of a registry.\n\n@param $L $L\n", name, meaning)
                .addParameter(source, name);
        return withServices(method)
                .addJavadoc("@return a builder with defaults that are safe on a live database\n")
                .addStatement("return $T.of($L, $L)", RuntimeNames.REGISTRY_BUILDER, name, newCatalog())
                .build();
    }

    private static MethodSpec work() {
        return MethodSpec.methodBuilder("work")
                .addJavadoc("{@return the work, for a job engine; this instance arrives with it}\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(RuntimeNames.WORK)
                .addStatement("return dispatcher.work()")
                .build();
    }

    private MethodSpec catalogMethod() {
        MethodSpec.Builder method = factory(RuntimeNames.CATALOG_METHOD, RuntimeNames.MIGRATION_CATALOG)
                .addJavadoc("The migrations of this build as data, for registries that include this one.\n\n");
        return withServices(method)
                .addJavadoc("@return the catalog\n")
                .addStatement("return $L", newCatalog())
                .build();
    }

    private MethodSpec.Builder factory(String name, ClassName returned) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(
                        returned, build.registryPackage().registry()));
    }

    private MethodSpec.Builder withServices(MethodSpec.Builder method) {
        return services.isEmpty()
                ? method
                : method.addJavadoc("@param services what the migrations are made with\n")
                        .addParameter(build.registryPackage().servicesName(), "services");
    }

    private CodeBlock newCatalog() {
        return CodeBlock.of("new $T($L)", catalog.className(), services.isEmpty() ? "" : "services");
    }

    /** {@return all migrations that this registry runs, as an annotation, because other modules see only class files} */
    private AnnotationSpec entries() {
        Map<CatalogLine, String> code = new TreeMap<>(CatalogLine.ORDER);
        build.modules().migrations().forEach(listed -> code.put(listed, ""));
        code.putAll(build.modules().code());
        build.migrations().forEach(migration -> code.put(CatalogLine.of(migration), migration.code()));
        AnnotationSpec.Builder entries = AnnotationSpec.builder(RuntimeNames.CATALOG_ENTRIES)
                .addMember("value", lines(code.keySet().stream().map(CatalogLine::text)));
        if (code.values().stream().anyMatch(known -> !known.isEmpty())) {
            entries.addMember("code", lines(code.values().stream()));
        }
        SortedSet<CatalogLine> retired = new TreeSet<>(CatalogLine.ORDER);
        build.modules().runnable().forEach(registry -> retired.addAll(registry.retired()));
        build.retired().forEach(line -> retired.add(line.listed()));
        if (!retired.isEmpty()) {
            entries.addMember("retired", lines(retired.stream().map(CatalogLine::text)));
        }
        if (!build.registryPackage().state().equals(RuntimeNames.DEFAULT_PREFIX)) {
            entries.addMember("state", "$L", Literal.of(build.registryPackage().state()));
        }
        return entries.build();
    }

    private static CodeBlock lines(Stream<String> texts) {
        CodeBlock lines = texts.map(text -> CodeBlock.of("$S", text)).collect(CodeBlock.joining(",\n"));
        return lines.isEmpty()
                ? CodeBlock.of("{}")
                : CodeBlock.builder().add("{\n").add(lines).add("$<$<\n}$>$>").build();
    }

    private static MethodSpec forward(String method) {
        return Generated.override(method, TypeName.VOID)
                .addStatement("dispatcher.$L()", method)
                .build();
    }

    private static MethodSpec forward(String method, TypeName returned) {
        return Generated.overriding(method, returned, CodeBlock.of("dispatcher.$L()", method));
    }

    private static MethodSpec forward(String method, TypeName returned, TypeName type, String parameter) {
        return Generated.override(method, returned)
                .addParameter(type, parameter)
                .addStatement("return dispatcher.$L($L)", method, parameter)
                .build();
    }

    private static MethodSpec handle(CatalogLine migration, String name) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("{@return the handle of {@code $L}}\n", migration.className())
                .addModifiers(Modifier.PUBLIC)
                .returns(RuntimeNames.MIGRATION_HANDLE)
                .addStatement("return dispatcher.migration($L)", migration.literal())
                .build();
    }

    /**
     * {@return the marker: a class that points to the registry, in the one package that other modules' compiles list} There is
     * none in a named module, which may not contain a package of another module; none if the package's annotation says so; and
     * none for the unnamed package, whose classes no other package can name.
     */
    Optional<TypeSpec> marker() {
        String packageName = build.registryPackage().packageName();
        if (build.modules().named() || !build.registryPackage().listed() || packageName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(TypeSpec.classBuilder(Names.marker(packageName))
                .addJavadoc("Points to {@link $T}.\n", build.registryPackage().registry())
                .addAnnotation(Generated.mark())
                .addAnnotation(AnnotationSpec.builder(RuntimeNames.CATALOG_OF)
                        .addMember("value", "$T.class", build.registryPackage().registry())
                        .build())
                .addModifiers(Modifier.FINAL)
                .addMethod(Generated.noInstances())
                .build());
    }
}
