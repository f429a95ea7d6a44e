package org.asyncmigrations.processor.write;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Catalog;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.IndexText;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Writes the files beside the classes: the index for the next build, the catalog for tools, and what Spring
 * finds the registry by.
 *
 * @param filer the compiler's
 * @param sources what the catalog is written from
 */
record ResourceWriter(Filer filer, List<Element> sources) {
    void writeIndex(Build build) {
        // From no source, as far as tools know: IntelliJ deletes what is written from a changed source before it
        // compiles it,
        // and with the index would go what is known of the others.
        write(RuntimeNames.INDEX_FILE, IndexText.of(Index.of(build)), List.of());
    }

    void writeCatalog(Build build) {
        write(RuntimeNames.CATALOG_FILE, Catalog.of(build).text(), sources);
    }

    /** The registry, and behind it those that it includes: they run within it. */
    void writeSpring(Build build) {
        String line = Stream.concat(
                        Stream.of(build.registryPackage().registry().canonicalName()),
                        build.modules().runnable().stream()
                                .map(OtherRegistry::name)
                                .sorted())
                .collect(Collectors.joining(" "));
        write(RuntimeNames.SPRING_FILE, line + "\n", sources);
    }

    /** Bytes, because the compiler's encoding is the sources'. */
    private void write(String name, String text, List<Element> from) {
        try {
            FileObject file =
                    filer.createResource(StandardLocation.CLASS_OUTPUT, "", name, from.toArray(Element[]::new));
            if (isBesideClasses(file, name)) {
                try (OutputStream out = file.openOutputStream()) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | RuntimeException e) {
            // Some compilers and IDEs hand out no such files; the next build is then a full one, and all is well.
        }
    }

    /** Without {@code -d} javac drops the directories, and would leave files of these names where it was started. */
    static boolean isBesideClasses(FileObject file, String name) {
        return file.toUri().toString().endsWith(name);
    }
}
