package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is imported of what the class path has. */
class RegistriesFileTest {
    private static final String BEANS = "org.asyncmigrations.spring.shop.AsyncMigrationBeans";

    @TempDir
    private Path directory;

    private RegistriesFile read(String output, String line, boolean tests) throws IOException {
        Path file = directory.resolve(output).resolve(RegistriesFile.NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, line);
        URL[] classPath = {directory.resolve(output).toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            return RegistriesFile.read(loader, tests);
        }
    }

    private static Iterable<String> beans(RegistriesFile file) {
        return file.beans(RegistriesFileTest.class.getClassLoader());
    }

    @Test
    void aRegistryIsImportedWithItsServices() throws IOException {
        assertThat(beans(read("classes", Shop.REGISTRY + "\n", false))).containsExactly(BEANS, BEANS + "$Registry");
    }

    @Test
    void ofAnIncludedRegistryTheServicesAloneAre() throws IOException {
        assertThat(beans(read("classes", "com.acme.Shop " + Shop.REGISTRY + "\n", false)))
                .isEmpty();
        assertThat(beans(new RegistriesFile(Map.of(Shop.REGISTRY, List.of(), "com.acme.Shop", List.of(Shop.REGISTRY)))))
                .containsExactly(BEANS);
    }

    @Test
    void whatACleanHasNotDeletedIsNoBean() throws IOException {
        assertThat(beans(read("classes", "com.acme.Gone\n", false))).isEmpty();
    }

    @Test
    void registriesOfTestClassesAreLeftOut() throws IOException {
        for (String output : new String[] {"test-classes", "classes/java/test", "out/test/shop", "bin/test"}) {
            assertThat(read(output, Shop.REGISTRY, false).lines()).as(output).isEmpty();
            assertThat(read(output, Shop.REGISTRY, true).lines()).as(output).isNotEmpty();
        }
    }
}
