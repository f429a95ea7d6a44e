package org.asyncmigrations.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.ClassUtils;

/**
 * The registries on the class path, as the processor lists them: each jar has a file with one line, which names the registry and
 * then those that it includes.
 *
 * @param lines for each registry, those that it includes
 */
record RegistriesFile(Map<String, List<String>> lines) {
    static final String NAME = "META-INF/spring/org.asyncmigrations.SpringRegistries.imports";

    /** Where Maven, Gradle, Eclipse and IntelliJ put compiled test classes. */
    private static final List<String> TEST_OUTPUT =
            List.of("/test-classes/", "/classes/java/test/", "/classes/kotlin/test/", "/bin/test/", "/out/test/");

    static RegistriesFile read(ClassLoader loader, boolean tests) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        try {
            Enumeration<URL> files = loader.getResources(NAME);
            while (files.hasMoreElements()) {
                URL file = files.nextElement();
                if (tests || TEST_OUTPUT.stream().noneMatch(file.toString()::contains)) {
                    read(file, lines);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new RegistriesFile(lines);
    }

    private static void read(URL file, Map<String, List<String>> lines) throws IOException {
        var connection = file.openConnection();
        connection.setUseCaches(false); // A jar that stays open can't be replaced.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.isBlank()).forEach(line -> {
                List<String> names = List.of(line.strip().split(" +"));
                lines.put(names.get(0), names.subList(1, names.size()));
            });
        }
    }

    /**
     * {@return the configuration classes to import: the services of each registry, and the registry itself if no other includes
     * it}
     */
    List<String> beans(ClassLoader loader) {
        Set<String> included = lines.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        return lines.keySet().stream()
                .flatMap(registry -> {
                    String beans = registry.replaceFirst("[^.]*$", "AsyncMigrationBeans");
                    return included.contains(registry) ? Stream.of(beans) : Stream.of(beans, beans + "$Registry");
                })
                .filter(beans -> ClassUtils.isPresent(beans, loader))
                .toList();
    }
}
