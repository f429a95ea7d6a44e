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
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Writes the catalog: the migrations as data, and how each is made. One method holds it where it is small; else there is a
 * class for each thousand migrations, for a class ends at 65,535 constants.
 */
final class CatalogWriter {

    static final TypeName ENTRIES = ParameterizedTypeName.get(ClassName.get(List.class), RuntimeNames.MIGRATION_ENTRY);

    private static final TypeName CATALOGS = ParameterizedTypeName.get(
            ClassName.get(List.class),
            ParameterizedTypeName.get(RuntimeNames.MIGRATION_CATALOG, WildcardTypeName.subtypeOf(Object.class)));

    private final Build build;
    private final ServicesPlan services;

    private CatalogWriter(Build build, ServicesPlan services) {
        this.build = build;
        this.services = services;
    }

    /** The nested class that the registry's builder is made with. */
    static TypeSpec catalog(Build build, ServicesPlan services) {
        return new CatalogWriter(build, services).catalog();
    }

    /** Its name, which is no migration's: one in the unnamed package cannot be called otherwise than by its simple name. */
    static ClassName className(Build build) {
        return Generated.registry(build).nestedClass(free("Migrations", build));
    }

    private static ClassName tablesName(Build build) {
        return Generated.registry(build).nestedClass(free("LazyTables", build));
    }

    private static String free(String wanted, Build build) {
        String name = wanted;
        while (isTaken(name, build)) {
            name += "_";
        }
        return name;
    }

    private static boolean isTaken(String name, Build build) {
        return build.migrations().stream()
                .anyMatch(m -> m.className().simpleNames().contains(name));
    }

    /** The classes that a large catalog is spread over. */
    static List<TypeSpec> parts(Build build, ServicesPlan services) {
        return new CatalogWriter(build, services).parts();
    }

    private TypeSpec catalog() {
        ClassName registry = Generated.registry(build);
        TypeSpec.Builder type = TypeSpec.classBuilder(className(build))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(ParameterizedTypeName.get(RuntimeNames.MIGRATION_CATALOG, registry));
        if (!isSpread()) {
            type.addAnnotations(Generated.quiet(onlyBlock().complaints()));
        }
        if (!services.isEmpty()) {
            type.addField(services.className(), "services", Modifier.PRIVATE, Modifier.FINAL)
                    .addMethod(constructor());
        }
        List<OtherRegistry> included = build.modules().runnable();
        if (!included.isEmpty()) {
            type.addMethod(included(included));
        }
        type.addMethod(text("schema", build.home().schema().value()))
                .addMethod(text("prefix", build.home().prefix().value()))
                .addMethod(Generated.override("entries", ENTRIES)
                        .addStatement("$T entries = new $T<>($L)", ENTRIES, ArrayList.class, size())
                        .addCode(isSpread() ? entriesOfParts() : onlyBlock().addEntries())
                        .addStatement("return entries")
                        .build());
        RetiredWriter.method(build).ifPresent(type::addMethod);
        return type.addMethod(Generated.override("create", ClassName.OBJECT)
                        .addException(Exception.class)
                        .addParameter(TypeName.INT, "index")
                        .addCode(isSpread() ? createOfParts() : onlyBlock().create(services))
                        .build())
                .addMethods(retiredColumns())
                .addMethod(tables())
                .addMethod(Generated.override("registry", registry)
                        .addParameter(RuntimeNames.DISPATCHER, "dispatcher")
                        .addStatement("return new $T(dispatcher)", registry)
                        .build())
                .build();
    }

    private MethodSpec included(List<OtherRegistry> included) {
        CodeBlock catalogs = included.stream()
                .map(registry -> CodeBlock.of(
                        "$T.$L($L)",
                        registry.className(),
                        RuntimeNames.CATALOG_METHOD,
                        services.componentOf(registry)
                                .map(component -> "services." + component + "()")
                                .orElse("")))
                .collect(CodeBlock.joining(",$W"));
        return Generated.override("included", CATALOGS)
                .addStatement("return $T.of($L)", List.class, catalogs)
                .build();
    }

    private int size() {
        return build.migrations().size();
    }

    private boolean isSpread() {
        return size() > Block.SIZE;
    }

    private Block onlyBlock() {
        return new Block(0, build.migrations());
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(services.className(), "services")
                .addStatement("this.services = services")
                .build();
    }

    private static MethodSpec text(String method, String value) {
        return Generated.override(method, ClassName.get(String.class))
                .addStatement("return $L", Literal.of(value))
                .build();
    }

    private MethodSpec tables() {
        return Generated.override("tables", RuntimeNames.STATE_TABLES)
                .addStatement("return $T.ALL", tablesName(build))
                .build();
    }

    /**
     * The class that holds the state tables: whoever verifies a class loads what it hands on, and a start is not to wait for
     * jOOQ's. Not within the catalog, where ecj does not find it again.
     */
    static TypeSpec tables(Build build) {
        CodeBlock.Builder tables = CodeBlock.builder();
        for (String table : RuntimeNames.TABLES) {
            TableNames names = new TableNames(build.home(), table);
            tables.add(tables.isEmpty() ? "\n$T.$L" : ",\n$T.$L", names.table(), names.constant());
        }
        return TypeSpec.classBuilder(tablesName(build))
                .addJavadoc("Apart, so that a start with nothing to do does not load jOOQ's classes.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addField(FieldSpec.builder(RuntimeNames.STATE_TABLES, "ALL", Modifier.STATIC, Modifier.FINAL)
                        .initializer("$[new $T($L)$]", RuntimeNames.STATE_TABLES, tables.build())
                        .build())
                .build();
    }

    private CodeBlock entriesOfParts() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int part = 0; part * Block.PART_SIZE < size(); part++) {
            code.addStatement("$T.addEntries(entries)", part(part));
        }
        return code.build();
    }

    private CodeBlock createOfParts() {
        Cases cases = new Cases("index / " + Block.PART_SIZE);
        for (int part = 0; part * Block.PART_SIZE < size(); part++) {
            cases.add(part, CodeBlock.of("$T.create(index$L)", part(part), servicesArgument()));
        }
        return cases.code();
    }

    /** Mostly none. */
    private List<MethodSpec> retiredColumns() {
        Cases cases = isSpread()
                ? RetiredColumns.cases("index / " + Block.PART_SIZE)
                : onlyBlock().retiredColumns();
        for (int from = 0; isSpread() && from < size(); from += Block.PART_SIZE) {
            int part = from / Block.PART_SIZE;
            if (blocks(from).stream().anyMatch(block -> !block.retiredColumns().isEmpty())) {
                cases.add(part, CodeBlock.of("$T.retiredColumns(index)", part(part)));
            }
        }
        return cases.isEmpty() ? List.of() : List.of(RetiredColumns.override(cases.code()));
    }

    private List<Block> blocks(int from) {
        return Block.blocks(from, build.migrations().subList(from, Math.min(from + Block.PART_SIZE, size())));
    }

    private String servicesArgument() {
        return services.isEmpty() ? "" : ", services";
    }

    private ClassName part(int number) {
        return ClassName.get(build.home().packageName(), RuntimeNames.REGISTRY + "Part" + number);
    }

    private List<TypeSpec> parts() {
        List<TypeSpec> parts = new ArrayList<>();
        for (int from = 0; isSpread() && from < size(); from += Block.PART_SIZE) {
            parts.add(part(from / Block.PART_SIZE, blocks(from)));
        }
        return parts;
    }

    private TypeSpec part(int number, List<Block> blocks) {
        TypeSpec.Builder type = TypeSpec.classBuilder(part(number))
                .addJavadoc("A part of the catalog of {@link $T}.\n", Generated.registry(build))
                .addAnnotation(Generated.mark())
                .addAnnotations(Generated.quiet(blocks.stream().flatMap(Block::complaints)))
                .addModifiers(Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        CodeBlock.Builder entries = CodeBlock.builder();
        Cases create = new Cases("index / " + Block.SIZE);
        for (Block block : blocks) {
            int first = block.first();
            entries.addStatement("addEntries$L(entries)", first);
            create.add(first / Block.SIZE, CodeBlock.of("create$L(index$L)", first, servicesArgument()));
        }
        type.addMethod(addEntries("addEntries", entries.build())).addMethod(create("create", create.code()));
        for (Block block : blocks) {
            type.addMethod(addEntries("addEntries" + block.first(), block.addEntries()));
            type.addMethod(create("create" + block.first(), block.create(services)));
        }
        type.addMethods(RetiredColumns.ofPart(blocks));
        return type.build();
    }

    static MethodSpec addEntries(String name, CodeBlock code) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .addParameter(ENTRIES, "entries")
                .addCode(code)
                .build();
    }

    private MethodSpec create(String name, CodeBlock code) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .returns(ClassName.OBJECT)
                .addException(Exception.class)
                .addParameter(TypeName.INT, "index");
        if (!services.isEmpty()) {
            method.addParameter(services.className(), "services");
        }
        return method.addCode(code).build();
    }
}
