package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;

/** The jar as users get it: it announces its processor, and brings no class but ours and a JavaPoet of its own. */
class ShadedJarIT {
    private static final Path JAR = Path.of(System.getProperty("processor.jar"));

    @Test
    void theServiceFileNamesTheProcessor() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            var service = jar.getEntry("META-INF/services/" + Processor.class.getName());
            assertThat(service).isNotNull();
            assertThat(new String(jar.getInputStream(service).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines(MigrationProcessor.class.getName());
        }
    }

    @Test
    void everyClassIsOurs() throws IOException {
        assertThat(classes()).allMatch(name -> name.startsWith("org/asyncmigrations/processor/"));
    }

    @Test
    void javaPoetIsInItUnderAnotherName() throws IOException {
        assertThat(classes()).contains("org/asyncmigrations/processor/shaded/javapoet/TypeSpec.class");
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (String name : classes()) {
                byte[] bytes = jar.getInputStream(jar.getEntry(name)).readAllBytes();
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("com/palantir/javapoet");
            }
        }
    }

    @Test
    void theSqlLexerOfTheRuntimeIsInItUnderAnotherName() throws IOException {
        assertThat(classes()).contains("org/asyncmigrations/processor/shaded/sql/SqlText.class");
    }

    @Test
    void theProcessorIsMadeWithNothingElseOnItsPath() throws Exception {
        URL[] path = {JAR.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Object processor = loader.loadClass(MigrationProcessor.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(processor).isInstanceOf(Processor.class);
            assertThat(((Processor) processor).getSupportedAnnotationTypes()).containsExactly("org.asyncmigrations.*");
        }
    }

    @Test
    void usersGetNoDependency() throws IOException {
        String pom = Files.readString(Path.of(System.getProperty("processor.pom")));
        assertThat(pom).doesNotContain("<artifactId>javapoet<").doesNotContain("<scope>compile<");
    }

    private static List<String> classes() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }
}
