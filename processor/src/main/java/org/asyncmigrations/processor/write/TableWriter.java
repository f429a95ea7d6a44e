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

/** Writes the jOOQ class of a state table: its name, its schema and its record; the columns are the runtime's. */
final class TableWriter {
    private static final ClassName NAME = ClassName.get("org.jooq", "Name");
    private static final ClassName SCHEMA = ClassName.get("org.jooq", "Schema");
    private static final ClassName TABLE = ClassName.get("org.jooq", "Table");
    private static final ClassName DSL = ClassName.get("org.jooq.impl", "DSL");

    private final TableNames names;

    private TableWriter(TableNames names) {
        this.names = names;
    }

    static TypeSpec write(TableNames names) {
        return new TableWriter(names).table();
    }

    private TypeSpec table() {
        TypeSpec.Builder type = TypeSpec.classBuilder(names.table())
                .addJavadoc("The state table {@code $L}, for queries of your own.\n", javadoc(names.databaseName()))
                .addAnnotation(Generated.mark())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(names.tableParent())
                .addField(Generated.serialVersion());
        if (hasSchema()) {
            type.addField(schema());
        }
        return type.addField(instance())
                .addMethod(constructor())
                .addMethod(recordType())
                .addMethod(alias("as", TypeName.get(String.class), CodeBlock.of("$T.name(alias), this", DSL)))
                .addMethod(alias("as", NAME, CodeBlock.of("alias, this")))
                .addMethod(alias("as", anyTable(), CodeBlock.of("alias.getQualifiedName(), this")))
                .addMethod(rename(TypeName.get(String.class), CodeBlock.of("$T.name(name), null", DSL)))
                .addMethod(rename(NAME, CodeBlock.of("name, null")))
                .addMethod(rename(anyTable(), CodeBlock.of("name.getQualifiedName(), null")))
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

    private MethodSpec recordType() {
        return Generated.override(
                        "getRecordType", ParameterizedTypeName.get(ClassName.get(Class.class), names.record()))
                .addStatement("return $T.class", names.record())
                .build();
    }

    private MethodSpec alias(String method, TypeName parameter, CodeBlock arguments) {
        return Generated.override(method, names.table())
                .addParameter(parameter, "alias")
                .addStatement("return new $T($L)", names.table(), arguments)
                .build();
    }

    private MethodSpec rename(TypeName parameter, CodeBlock arguments) {
        return Generated.override("rename", names.table())
                .addParameter(parameter, "name")
                .addStatement("return new $T($L)", names.table(), arguments)
                .build();
    }

    private static TypeName anyTable() {
        return ParameterizedTypeName.get(TABLE, WildcardTypeName.subtypeOf(Object.class));
    }

    /** A name that is a finding may hold anything; it may not end the comment. */
    private static String javadoc(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "?");
    }
}
