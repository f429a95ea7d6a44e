package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import javax.lang.model.element.Modifier;

/** Writes the jOOQ classes of a state table and its rows: name, schema and record; the columns are the runtime's. */
final class TableWriter {
    private static final ClassName NAME = ClassName.get("org.jooq", "Name");
    private static final ClassName SCHEMA = ClassName.get("org.jooq", "Schema");
    private static final ClassName TABLE = ClassName.get("org.jooq", "Table");
    private static final ClassName DSL = ClassName.get("org.jooq.impl", "DSL");

    private static final TypeName ANY_TABLE =
            ParameterizedTypeName.get(TABLE, WildcardTypeName.subtypeOf(Object.class));

    private final TableNames names;

    private TableWriter(TableNames names) {
        this.names = names;
    }

    static TypeSpec write(TableNames names) {
        return new TableWriter(names).table();
    }

    /** The class of the table's rows; getters and setters are the runtime's. */
    static TypeSpec record(TableNames names) {
        return type(names.record(), names.recordParent(), "A row of {@link $T}.\n", names.table())
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("An empty row.\n")
                        .addModifiers(Modifier.PUBLIC)
                        .addStatement("super($T.$L)", names.table(), names.constant())
                        .build())
                .build();
    }

    private static TypeSpec.Builder type(ClassName name, TypeName parent, String javadoc, Object argument) {
        return TypeSpec.classBuilder(name)
                .addJavadoc(javadoc, argument)
                .addAnnotation(Generated.mark())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(parent)
                .addField(FieldSpec.builder(
                                TypeName.LONG, "serialVersionUID", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("1L")
                        .build());
    }

    private TypeSpec table() {
        TypeSpec.Builder type = type(
                names.table(),
                names.tableParent(),
                "The state table {@code $L}, for queries of your own.\n",
                javadoc(names.databaseName()));
        if (hasSchema()) {
            type.addField(schema());
        }
        return type.addField(instance())
                .addMethod(constructor())
                .addMethod(Generated.overriding(
                        "getRecordType",
                        ParameterizedTypeName.get(ClassName.get(Class.class), names.record()),
                        CodeBlock.of("$T.class", names.record())))
                .addMethod(copy("as", TypeName.get(String.class), "alias", CodeBlock.of("$T.name(alias), this", DSL)))
                .addMethod(copy("as", NAME, "alias", CodeBlock.of("alias, this")))
                .addMethod(copy("as", ANY_TABLE, "alias", CodeBlock.of("alias.getQualifiedName(), this")))
                .addMethod(copy("rename", TypeName.get(String.class), "name", CodeBlock.of("$T.name(name), null", DSL)))
                .addMethod(copy("rename", NAME, "name", CodeBlock.of("name, null")))
                .addMethod(copy("rename", ANY_TABLE, "name", CodeBlock.of("name.getQualifiedName(), null")))
                .build();
    }

    private boolean hasSchema() {
        return !names.home().schema().value().isEmpty();
    }

    private FieldSpec schema() {
        return FieldSpec.builder(SCHEMA, "SCHEMA", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "$1T.schema($1T.name($2S))", DSL, names.home().schema().value())
                .build();
    }

    private FieldSpec instance() {
        return FieldSpec.builder(names.table(), names.constant(), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The table itself.\n")
                .initializer("new $T($Z$T.name($L),$Wnull)", names.table(), DSL, Literal.of(names.databaseName()))
                .build();
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(NAME, "name")
                .addParameter(ParameterizedTypeName.get(TABLE, names.record()), "aliased")
                .addStatement(
                        hasSchema()
                                ? "super(name, aliased == null ? SCHEMA : null, aliased)"
                                : "super(name, null, aliased)")
                .build();
    }

    private MethodSpec copy(String method, TypeName type, String parameter, CodeBlock arguments) {
        return Generated.override(method, names.table())
                .addParameter(type, parameter)
                .addStatement("return new $T($L)", names.table(), arguments)
                .build();
    }

    /** A name that is a finding may hold anything; it may not end the comment. */
    private static String javadoc(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "?");
    }
}
