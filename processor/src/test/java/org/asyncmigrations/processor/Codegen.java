package org.asyncmigrations.processor;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.jooq.DDLExportConfiguration;
import org.jooq.DDLFlag;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.impl.DSL;
import org.jooq.meta.extensions.ddl.DDLDatabase;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.Target;

/** What jooq-codegen makes of the DDL that jOOQ exports from tables. */
final class Codegen {
    private static final String PACKAGE = "codegen";

    private Codegen() {}

    static Loaded of(List<Table<?>> tables, Path directory) throws Exception {
        Path script = directory.resolve("tables.sql");
        Files.writeString(script, ddl(tables));
        GenerationTool.generate(new Configuration()
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName(DDLDatabase.class.getName())
                                .withProperties(
                                        new Property().withKey("scripts").withValue(script.toString()),
                                        new Property()
                                                .withKey("defaultNameCase")
                                                .withValue("as_is")))
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(directory.toString()))));
        return Loaded.of(Compiled.with(List.of(), sources(directory)));
    }

    static Class<?> table(Loaded codegen, Class<?> ours) throws ClassNotFoundException {
        return codegen.loadClass(PACKAGE + ".tables." + ours.getSimpleName());
    }

    private static String ddl(List<Table<?>> tables) {
        DDLExportConfiguration export = new DDLExportConfiguration()
                .flags(DDLFlag.TABLE, DDLFlag.PRIMARY_KEY)
                .createTableIfNotExists(true);
        return Arrays.stream(DSL.using(SQLDialect.H2)
                        .ddl(tables.toArray(Table<?>[]::new), export)
                        .queries())
                .map(Query::getSQL)
                .collect(Collectors.joining(";\n"));
    }

    private static List<JavaFileObject> sources(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Codegen::source)
                    .toList();
        }
    }

    private static JavaFileObject source(Path file) {
        try {
            return JavaFileObjects.forResource(file.toUri().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
