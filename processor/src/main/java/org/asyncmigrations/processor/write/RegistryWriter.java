package org.asyncmigrations.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Listed;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes the registry: its builders, what it hands on to the dispatcher, and a handle for each migration. */
final class RegistryWriter {
    private static final ClassName DATA_SOURCE = ClassName.get("javax.sql", "DataSource");
    private static final ClassName CONFIGURATION = ClassName.get("org.jooq", "Configuration");

    private final Build build;
    private final ServicesPlan services;
    private final ClassName registry;

    private RegistryWriter(Build build, ServicesPlan services) {
        this.build = build;
        this.services = services;
        this.registry = Generated.registry(build);
    }

    static TypeSpec write(Build build, ServicesPlan services) {
        return new RegistryWriter(build, services).registry();
    }

    private TypeSpec registry() {
        TypeSpec.Builder type = TypeSpec.classBuilder(registry)
                .addJavadoc(
                        "The migrations of this build, in the order of their versions, and the work on them. Safe for threads.\n\n"
                                + "<p>Written by the processor of async-migrations from the classes annotated {@code @AsyncMigration}\n"
                                + "and {@code @AfterRelease}.\n")
                .addAnnotation(Generated.mark())
                .addAnnotation(entries())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(RuntimeNames.MIGRATION_REGISTRY)
                .addField(RuntimeNames.DISPATCHER, "dispatcher", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(constructor())
                .addMethod(builder(DATA_SOURCE, "dataSource", "where the data and the state tables are"))
                .addMethod(builder(CONFIGURATION, "configuration", "whose connections and dialect are used"))
                .addMethod(catalog())
                .addMethod(dispatch(false))
                .addMethod(dispatch(true))
                .addMethod(Generated.override(
                                "entries",
                                ParameterizedTypeName.get(ClassName.get(List.class), RuntimeNames.MIGRATION_ENTRY))
                        .addStatement("return dispatcher.entries()")
                        .build())
                .addMethod(Generated.override("status", RuntimeNames.DISPATCH_STATUS)
                        .addStatement("return dispatcher.status()")
                        .build())
                .addMethod(Generated.override("migration", RuntimeNames.MIGRATION_HANDLE)
                        .addParameter(TypeName.LONG, "version")
                        .addStatement("return dispatcher.migration(version)")
                        .build())
                .addMethod(Generated.override("close", TypeName.VOID)
                        .addStatement("dispatcher.close()")
                        .build());
        Names.handles(build).forEach((migration, name) -> type.addMethod(handle(migration, name)));
        return type.addType(CatalogWriter.catalog(build, services))
                .addType(CatalogWriter.tables(build))
                .build();
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(RuntimeNames.DISPATCHER, "dispatcher")
                .addStatement("this.dispatcher = dispatcher")
                .build();
    }

    private MethodSpec builder(ClassName source, String name, String meaning) {
        MethodSpec.Builder method = MethodSpec.methodBuilder("builder")
                .addJavadoc("Settings of a registry.\n\n@param $L $L\n", name, meaning)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(RuntimeNames.REGISTRY_BUILDER, registry))
                .addParameter(source, name);
        if (!services.isEmpty()) {
            method.addJavadoc("@param services what the migrations are made with\n")
                    .addParameter(services.className(), "services");
        }
        return method.addJavadoc("@return a builder with defaults that are safe on a live database\n")
                .addStatement("return $T.of($L, $L)", RuntimeNames.REGISTRY_BUILDER, name, newCatalog())
                .build();
    }

    private MethodSpec catalog() {
        MethodSpec.Builder method = MethodSpec.methodBuilder(RuntimeNames.CATALOG_METHOD)
                .addJavadoc("The migrations of this build as data, for registries that include this one.\n\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(RuntimeNames.MIGRATION_CATALOG, registry));
        if (!services.isEmpty()) {
            method.addJavadoc("@param services what the migrations are made with\n")
                    .addParameter(services.className(), "services");
        }
        return method.addJavadoc("@return the catalog\n")
                .addStatement("return $L", newCatalog())
                .build();
    }

    private CodeBlock newCatalog() {
        return CodeBlock.of("new $T($L)", CatalogWriter.className(build), services.isEmpty() ? "" : "services");
    }

    /** All that runs with this registry: other modules see class files, and no more. */
    private AnnotationSpec entries() {
        Map<Listed, String> code = new TreeMap<>(Listed.ORDER);
        build.modules().migrations().forEach(listed -> code.put(listed, ""));
        code.putAll(build.modules().code());
        build.migrations()
                .forEach(migration -> code.put(
                        Listed.of(migration), migration.declaration().phase().name() + " " + migration.fingerprint()));
        AnnotationSpec.Builder entries = AnnotationSpec.builder(RuntimeNames.CATALOG_ENTRIES)
                .addMember("value", lines(code.keySet().stream().map(Listed::text)));
        if (code.values().stream().anyMatch(known -> !known.isEmpty())) {
            entries.addMember("code", lines(code.values().stream()));
        }
        if (!build.home().state().equals(RuntimeNames.DEFAULT_PREFIX)) {
            entries.addMember("state", "$L", Literal.of(build.home().state()));
        }
        return entries.build();
    }

    private static CodeBlock lines(Stream<String> texts) {
        CodeBlock lines = texts.map(text -> CodeBlock.of("$S", text)).collect(CodeBlock.joining(",\n"));
        return lines.isEmpty()
                ? CodeBlock.of("{}")
                : CodeBlock.builder().add("{\n").add(lines).add("$<$<\n}$>$>").build();
    }

    private static MethodSpec dispatch(boolean withMode) {
        MethodSpec.Builder method = Generated.override("dispatch", RuntimeNames.DISPATCH_WORK);
        if (withMode) {
            method.addParameter(RuntimeNames.MODE, "mode");
        }
        return method.addStatement("return dispatcher.dispatch($L)", withMode ? "mode" : "")
                .build();
    }

    private static MethodSpec handle(Listed migration, String name) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("{@return the handle of {@code $L}}\n", migration.className())
                .addModifiers(Modifier.PUBLIC)
                .returns(RuntimeNames.MIGRATION_HANDLE)
                .addStatement("return dispatcher.migration($L)", migration.literal())
                .build();
    }
}
