package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.Locale;
import org.asyncmigrations.processor.model.Home;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * The names of one state table.
 *
 * @param home its package, schema and prefix
 * @param simpleName the class in the runtime that declares its columns
 */
record TableNames(Home home, String simpleName) {
    ClassName table() {
        return ClassName.get(home.packageName(), "Async" + simpleName);
    }

    ClassName record() {
        return ClassName.get(home.packageName(), "Async" + simpleName + "Record");
    }

    TypeName tableParent() {
        return ParameterizedTypeName.get(ClassName.get(RuntimeNames.STATE, simpleName), record());
    }

    TypeName recordParent() {
        return ParameterizedTypeName.get(ClassName.get(RuntimeNames.STATE, simpleName + "Record"), record());
    }

    /** The constant that holds the table: the class's name, whatever the prefix is. */
    String constant() {
        return "ASYNC_" + withUnderscores().toUpperCase(Locale.ROOT);
    }

    /** The table's name in the database. */
    String databaseName() {
        return home.prefix().value() + withUnderscores();
    }

    private String withUnderscores() {
        return simpleName.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
