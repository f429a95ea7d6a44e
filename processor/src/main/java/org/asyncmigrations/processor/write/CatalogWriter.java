package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.Parameter;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.ServiceComponents;
import org.asyncmigrations.processor.write.SplitList.Task;

/** Writes the catalog: the migrations as data, and how to create each. */
final class CatalogWriter {
    private static final TypeName ENTRIES = Generated.listOf(RuntimeNames.MIGRATION_ENTRY);
    private static final TypeName COLUMNS = Generated.listOf(RuntimeNames.RETIRED_COLUMN);
    private static final TypeName CATALOGS = Generated.listOf(
            ParameterizedTypeName.get(RuntimeNames.MIGRATION_CATALOG, WildcardTypeName.subtypeOf(Object.class)));

    private final Build build;
    private final ServiceComponents services;
    private final ClassName registry;
    private final SplitList<Migration> migrations;
    private final SplitList<JournalLine> retired;
    private final Task<Migration> entries;
    private final Task<Migration> create;
    private final Task<Migration> retiredColumns;
    private final Task<JournalLine> retiredEntries;

    CatalogWriter(Build build, ServiceComponents services) {
        this.build = build;
        this.services = services;
        this.registry = build.registryPackage().registry();
        this.migrations = new SplitList<>(RuntimeNames.REGISTRY + "Part", registry, build.migrations());
        this.retired = new SplitList<>(RuntimeNames.REGISTRY + "Retired", registry, build.retired());
        MethodSpec addEntries = MethodSpec.methodBuilder("addEntries")
                .addParameter(ENTRIES, "all")
                .build();
        this.entries = new Task<>(addEntries, migration -> Optional.of(CatalogEntry.entry(migration)), null);
        this.retiredEntries = new Task<>(addEntries, line -> Optional.of(CatalogEntry.retired(line)), null);
        this.create = new Task<>(
                createSignature(), this::made, CodeBlock.of("throw new $T(index)", IndexOutOfBoundsException.class));
        this.retiredColumns = new Task<>(
                MethodSpec.methodBuilder("retiredColumns")
                        .returns(COLUMNS)
                        .addParameter(TypeName.INT, "index")
                        .build(),
                CatalogEntry::retiredColumns,
                CodeBlock.of("$T.of()", List.class));
    }

    /**
     * {@return the catalog's name, which no migration has: a migration in the unnamed package can be named only by its simple
     * name}
     */
    ClassName className() {
        return nested("Migrations");
    }

    private ClassName nested(String wanted) {
        String name = wanted;
        while (isTaken(name)) {
            name += "_";
        }
        return registry.nestedClass(name);
    }

    private boolean isTaken(String name) {
        return build.migrations().stream()
                .anyMatch(m -> m.className().simpleNames().contains(name));
    }

    /** {@return the classes over which a large catalog is spread} */
    List<TypeSpec> parts() {
        List<TypeSpec> parts =
                new ArrayList<>(migrations.parts(List.of(entries, create, retiredColumns), CatalogWriter::warnings));
        parts.addAll(retired.parts(List.of(retiredEntries), line -> Stream.empty()));
        return parts;
    }

    /** {@return the nested classes: the catalog for the registry's builder, and the classes that are loaded later} */
    List<TypeSpec> nestedClasses() {
        List<TypeSpec> types = new ArrayList<>(List.of(catalog(), tables()));
        build.modules().runnable().stream().filter(OtherRegistry::late).forEach(other -> types.add(included(other)));
        return types;
    }

    private TypeSpec catalog() {
        TypeSpec.Builder type = TypeSpec.classBuilder(className())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(ParameterizedTypeName.get(RuntimeNames.MIGRATION_CATALOG, registry));
        if (migrations.isWhole()) {
            type.addAnnotations(Generated.quiet(build.migrations().stream().flatMap(CatalogWriter::warnings)));
        }
        if (!services.isEmpty()) {
            Generated.addField(type, build.registryPackage().servicesName(), "services");
        }
        List<OtherRegistry> included = build.modules().runnable();
        if (!included.isEmpty()) {
            CodeBlock catalogs = included.stream()
                    .map(other -> other.late()
                            ? CodeBlock.of("new $T(services)", includedName(other))
                            : catalogOf(other, argument(other)))
                    .collect(CodeBlock.joining(",$W"));
            type.addMethod(Generated.overriding("included", CATALOGS, CodeBlock.of("$T.of($L)", List.class, catalogs)));
        }
        type.addMethod(text("schema", build.registryPackage().schema().value()))
                .addMethod(text("prefix", build.registryPackage().prefix().value()))
                .addMethod(listed("entries", migrations, entries));
        if (!build.retired().isEmpty()) {
            type.addMethod(listed("retired", retired, retiredEntries));
        }
        type.addMethod(Generated.override("create", ClassName.OBJECT)
                .addException(Exception.class)
                .addParameter(TypeName.INT, "index")
                .addCode(migrations.body(create))
                .build());
        if (migrations.concerns(retiredColumns)) {
            type.addMethod(Generated.override("retiredColumns", COLUMNS)
                    .addParameter(TypeName.INT, "index")
                    .addCode(migrations.body(retiredColumns))
                    .build());
        }
        return type.addMethod(Generated.overriding(
                        "tables", RuntimeNames.STATE_TABLES, CodeBlock.of("$T.ALL", nested("LazyTables"))))
                .addMethod(Generated.override("registry", registry)
                        .addParameter(RuntimeNames.DISPATCHER, "dispatcher")
                        .addStatement("return new $T(dispatcher)", registry)
                        .build())
                .build();
    }

    private static MethodSpec text(String method, String value) {
        return Generated.overriding(method, ClassName.get(String.class), CodeBlock.of("$L", Literal.of(value)));
    }

    private static <T> MethodSpec listed(String method, SplitList<T> items, Task<T> task) {
        MethodSpec.Builder listed = Generated.override(method, ENTRIES);
        if (items.items().isEmpty()) {
            listed.addStatement("return $T.of()", List.class);
        } else if (items.isWhole()) {
            listed.addCode(items.body(task)).addStatement("return $T.of(entries)", List.class);
        } else {
            listed.addStatement(
                            "$T all = new $T<>($L)",
                            ENTRIES,
                            ArrayList.class,
                            items.items().size())
                    .addCode(items.body(task))
                    .addStatement("return all");
        }
        return listed.build();
    }

    /**
     * {@return the class that holds the state tables} To verify a class, the JVM may load the types of the values that it passes
     * on. A start should not have to load jOOQ's classes. It isn't nested in the catalog, because ecj doesn't find it there.
     */
    private TypeSpec tables() {
        CodeBlock tables = RuntimeNames.TABLES.stream()
                .map(table -> CodeBlock.of("\n$L", new TableWriter(build.registryPackage(), table).instance()))
                .collect(CodeBlock.joining(","));
        return TypeSpec.classBuilder(nested("LazyTables"))
                .addJavadoc("A separate class, so that a start with nothing to do doesn't load jOOQ's classes.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addField(FieldSpec.builder(RuntimeNames.STATE_TABLES, "ALL", Modifier.STATIC, Modifier.FINAL)
                        .initializer("$[new $T($L)$]", RuntimeNames.STATE_TABLES, tables)
                        .build())
                .build();
    }

    /** {@return the catalog of an included registry, which gets its services when a migration is created} */
    private TypeSpec included(OtherRegistry other) {
        TypeSpec.Builder type = TypeSpec.classBuilder(includedName(other))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(RuntimeNames.INCLUDED_CATALOG, other.className()))
                .addField(build.registryPackage().servicesName(), "services", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(build.registryPackage().servicesName(), "services")
                        .addStatement("super($L)", catalogOf(other, "null"))
                        .addStatement("this.services = services")
                        .build());
        return type.addMethod(Generated.overriding(
                        "withServices",
                        ParameterizedTypeName.get(RuntimeNames.MIGRATION_CATALOG, other.className()),
                        catalogOf(other, argument(other))))
                .build();
    }

    private ClassName includedName(OtherRegistry other) {
        String component = services.componentOf(other);
        return nested(component.substring(0, 1).toUpperCase(Locale.ROOT) + component.substring(1) + "Catalog");
    }

    private static CodeBlock catalogOf(OtherRegistry other, String argument) {
        return CodeBlock.of("$T.$L($L)", other.className(), RuntimeNames.CATALOG_METHOD, argument);
    }

    private String argument(OtherRegistry other) {
        String component = services.componentOf(other);
        return component.isEmpty() ? "" : "services." + component + "()";
    }

    private MethodSpec createSignature() {
        MethodSpec.Builder signature = MethodSpec.methodBuilder("create")
                .returns(ClassName.OBJECT)
                .addException(Exception.class)
                .addParameter(TypeName.INT, "index");
        if (!services.isEmpty()) {
            signature.addParameter(build.registryPackage().servicesName(), "services");
        }
        return signature.build();
    }

    /**
     * {@return the code that creates a migration; empty if it can't be created} The compile then fails, because of a finding or
     * of a type that the compiler doesn't find.
     */
    private Optional<CodeBlock> made(Migration migration) {
        return migration
                .shape()
                .constructor()
                .map(constructor ->
                        constructor.parameters().stream().map(this::component).collect(CodeBlock.joining(",$W")))
                .map(arguments -> CodeBlock.of("new $T($L)", migration.className(), arguments));
    }

    private CodeBlock component(Parameter parameter) {
        return CodeBlock.of("services.$L()", services.componentOf(parameter));
    }

    /**
     * {@return the warnings that a compiler would report about calling the constructor, and about the tables of retired columns}
     */
    private static Stream<String> warnings(Migration migration) {
        return Stream.concat(
                        migration.shape().constructor().stream().map(constructor -> constructor.warnings()),
                        migration.content().retired().stream().map(column -> column.warnings()))
                .flatMap(warnings -> warnings.stream());
    }
}
