package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Writes the jOOQ classes of a state table and its rows: name, schema and record type. The runtime declares the columns.
 *
 * @param registryPackage the package, the schema and the prefix
 * @param simpleName the class in the runtime that declares the columns
 */
record TableWriter(RegistryPackage registryPackage, String simpleName) {
    private static final ClassName NAME = ClassName.get("org.jooq", "Name");
    private static final ClassName SCHEMA = ClassName.get("org.jooq", "Schema");
    private static final ClassName TABLE = ClassName.get("org.jooq", "Table");
    private static final ClassName DSL = ClassName.get("org.jooq.impl", "DSL");
    private static final TypeName ANY_TABLE =
            ParameterizedTypeName.get(TABLE, WildcardTypeName.subtypeOf(Object.class));

    /** {@return the constant that holds the table; it has the class's name, whatever the prefix is} */
    CodeBlock instance() {
        return CodeBlock.of("$T.$L", table(), constant());
    }

    TypeSpec writeTable() {
        // An invalid name, which is a finding, may contain anything, but must not end the comment.
        String shown = databaseName().replaceAll("[^A-Za-z0-9_]", "?");
        TypeSpec.Builder type = type(table(), "", "The state table {@code $L}, for your own queries.\n", shown);
        if (hasSchema()) {
            type.addField(FieldSpec.builder(SCHEMA, "SCHEMA", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer(
                            "$1T.schema($1T.name($2S))",
                            DSL,
                            registryPackage.schema().value())
                    .build());
        }
        return type.addField(FieldSpec.builder(table(), constant(), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc("The table itself.\n")
                        .initializer("new $T($Z$T.name($L),$Wnull)", table(), DSL, Literal.of(databaseName()))
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(NAME, "name")
                        .addParameter(ParameterizedTypeName.get(TABLE, rows()), "aliased")
                        .addStatement(
                                "super(name, $L, aliased)", hasSchema() ? "aliased == null ? SCHEMA : null" : "null")
                        .build())
                .addMethod(Generated.overriding(
                        "getRecordType",
                        ParameterizedTypeName.get(ClassName.get(Class.class), rows()),
                        CodeBlock.of("$T.class", rows())))
                .addMethod(copy("as", TypeName.get(String.class), "alias", CodeBlock.of("$T.name(alias), this", DSL)))
                .addMethod(copy("as", NAME, "alias", CodeBlock.of("alias, this")))
                .addMethod(copy("as", ANY_TABLE, "alias", CodeBlock.of("alias.getQualifiedName(), this")))
                .addMethod(copy("rename", TypeName.get(String.class), "name", CodeBlock.of("$T.name(name), null", DSL)))
                .addMethod(copy("rename", NAME, "name", CodeBlock.of("name, null")))
                .addMethod(copy("rename", ANY_TABLE, "name", CodeBlock.of("name.getQualifiedName(), null")))
                .build();
    }

    /** Writes the record class; the runtime declares its getters. */
    TypeSpec writeRows() {
        return type(rows(), "Record", "A row of {@link $T}.\n", table())
                .addMethod(MethodSpec.constructorBuilder()
                        .addJavadoc("An empty row.\n")
                        .addModifiers(Modifier.PUBLIC)
                        .addStatement("super($L)", instance())
                        .build())
                .build();
    }

    private TypeSpec.Builder type(ClassName name, String suffix, String javadoc, Object argument) {
        return TypeSpec.classBuilder(name)
                .addJavadoc(javadoc, argument)
                .addAnnotation(Generated.mark())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(ClassName.get(RuntimeNames.STATE, simpleName + suffix), rows()))
                .addField(FieldSpec.builder(
                                TypeName.LONG, "serialVersionUID", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("1L")
                        .build());
    }

    private MethodSpec copy(String method, TypeName type, String parameter, CodeBlock arguments) {
        return Generated.override(method, table())
                .addParameter(type, parameter)
                .addStatement("return new $T($L)", table(), arguments)
                .build();
    }

    private ClassName table() {
        return ClassName.get(registryPackage.packageName(), "Async" + simpleName);
    }

    private ClassName rows() {
        return table().peerClass("Async" + simpleName + "Record");
    }

    private boolean hasSchema() {
        return !registryPackage.schema().value().isEmpty();
    }

    private String constant() {
        return "ASYNC_" + withUnderscores().toUpperCase(Locale.ROOT);
    }

    private String databaseName() {
        return registryPackage.prefix().value() + withUnderscores();
    }

    private String withUnderscores() {
        return simpleName.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
