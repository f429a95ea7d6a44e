package org.asyncmigrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** No public type has the name of one of jOOQ's, since both packages are often imported together, with a star. */
class PublicNamesTest {
    private static final Pattern TYPE = Pattern.compile("org/jooq/(\\w+)\\.class");

    @Test
    void noPublicTypeHasTheNameOfOneOfJooq() throws Exception {
        Set<String> ours = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.asyncmigrations")
                        .stream()
                        // A tool of its own, which imports its types by name.
                        .filter(type -> !type.getPackageName().equals("org.asyncmigrations.operator"))
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(type -> type.getSimpleName())
                        .collect(Collectors.toSet());
        assertThat(ours).contains("RowBatch").doesNotContainAnyElementsOf(namesOfJooq());
    }

    private static Set<String> namesOfJooq() throws Exception {
        File jar = new File(DSLContext.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> names = new HashSet<>();
        try (JarFile classes = new JarFile(jar)) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) classes.stream()::iterator) {
                Matcher type = TYPE.matcher(entry.getName());
                if (type.matches() && isPublic("org.jooq." + type.group(1))) {
                    names.add(type.group(1));
                }
            }
        }
        assertThat(names).contains("DSLContext", "Batch", "Key").hasSizeGreaterThan(300);
        return names;
    }

    private static boolean isPublic(String name) throws ClassNotFoundException {
        return Modifier.isPublic(Class.forName(name, false, PublicNamesTest.class.getClassLoader())
                .getModifiers());
    }
}
