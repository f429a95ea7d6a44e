package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What makes Spring's beans of a registry. The starter's tests run it; here are stubs of what it names. */
class SpringTest {
    private static final List<JavaFileObject> STUBS = List.of(
            Samples.source("org.springframework.context.annotation.Bean", """
                    package org.springframework.context.annotation;
                    public @interface Bean { String value(); }
                    """),
            Samples.source("org.springframework.beans.factory.ObjectProvider", """
                    package org.springframework.beans.factory;
                    public interface ObjectProvider<T> { T getObject(); T getIfAvailable(); }
                    """),
            Samples.source("org.asyncmigrations.spring.SpringRegistries", """
                    package org.asyncmigrations.spring;
                    import org.asyncmigrations.MigrationRegistry;
                    import org.asyncmigrations.dispatch.*;
                    public interface SpringRegistries {
                        <R extends MigrationRegistry> R build(MigrationCatalog<R> catalog);
                    }
                    """),
            Samples.source("org.asyncmigrations.spring.SpringServices", """
                    package org.asyncmigrations.spring;
                    public interface SpringServices {
                        void requireAllBeans();
                        static void require(String component, String users, Object provider) {}
                    }
                    """),
            Samples.source("com.acme.Region", """
                    package com.acme;
                    import java.lang.annotation.*;
                    @Target(ElementType.PARAMETER) @interface Region { String value(); }
                    """),
            Samples.source("com.acme.Nullable", """
                    package com.acme;
                    import java.lang.annotation.*;
                    @Target(ElementType.TYPE_USE) @interface Nullable {}
                    """),
            Samples.source(
                    "com.acme.package-info",
                    "@org.asyncmigrations.AsyncMigrations(components = org.asyncmigrations.Components.SPRING)"
                            + " package com.acme;"));

    @Test
    void aComponentIsABeanByTypeAndQualifier() {
        String beans = compiled("@Region(\"eu\") String rates, int size, @Nullable String note")
                .generated("AsyncMigrationBeans");

        assertThat(beans)
                .contains("@Bean(\"com.acme.Services\")", "@Bean(\"com.acme.AsyncMigrationRegistry\")")
                .contains("@Region(\"eu\") ObjectProvider<String> rates", "ObjectProvider<Integer> size")
                .contains("return rates.getObject();", "return note.getIfAvailable();")
                .contains("SpringServices.require(\"size\", \"One\", size);")
                .doesNotContain("require(\"note\"");
    }

    @Test
    void moreComponentsThanAMethodHasParametersComeInParts() {
        String many = IntStream.range(0, 300).mapToObj(i -> "int i" + i).collect(Collectors.joining(", "));
        // Two constructors: javac has its limit, too.
        String beans = compiled(many.substring(0, many.indexOf(", int i150")), many.substring(many.indexOf("int i150")))
                .generated("AsyncMigrationBeans");

        assertThat(beans)
                .contains("return part0.i0.getObject();", "return part1.i99.getObject();")
                .contains("@Bean(\"com.acme.Services.part1\")");
    }

    @Test
    void withoutParametersThereIsTheRegistryAlone() {
        assertThat(compiled("").generated("AsyncMigrationBeans"))
                .contains("registries.build(AsyncMigrationRegistry.catalog())")
                .doesNotContain("Services ");
    }

    @Test
    void theRegistryIsNamedInAFileOfItsOwn() throws Exception {
        assertThat(compiled("").written().get("META-INF/spring/org.asyncmigrations.SpringRegistries.imports"))
                .asString()
                .isEqualTo("com.acme.AsyncMigrationRegistry\n");
    }

    private static Compiled compiled(String... parameters) {
        List<JavaFileObject> sources = new ArrayList<>(STUBS);
        List<String> names = List.of("One", "Two");
        for (int i = 0; i < parameters.length; i++) {
            String name = names.get(i);
            String text = Samples.text(Samples.migration("com.acme." + name, i + 1));
            sources.add(Samples.source(
                    "com.acme." + name,
                    text.replace("Migration {", "Migration { public " + name + "(" + parameters[i] + ") {}")));
        }
        return Compiled.of(sources, "-Xlint:all", "-Werror", "-Xlint:-processing")
                .succeeds();
    }
}
