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
 * Writes the files next to the classes: the index for the next build, the catalog for tools, and the file by which Spring finds
 * the registry.
 *
 * @param filer the compiler's filer
 * @param sources the sources of the catalog
 */
record ResourceWriter(Filer filer, List<Element> sources) {
    void writeIndex(Build build) {
        // Without sources, as far as tools know: before IntelliJ compiles a changed source, it deletes the files made
        // from it, and the index has the data of the other sources too.
        write(RuntimeNames.INDEX_FILE, IndexText.of(Index.of(build)), List.of());
    }

    void writeCatalog(Build build) {
        write(RuntimeNames.CATALOG_FILE, Catalog.of(build).text(), sources);
    }

    /** Writes the registry, followed by those that it includes, because they run within it. */
    void writeSpring(Build build) {
        String line = Stream.concat(
                        Stream.of(build.registryPackage().registry().canonicalName()),
                        build.modules().runnable().stream()
                                .map(OtherRegistry::name)
                                .sorted())
                .collect(Collectors.joining(" "));
        write(RuntimeNames.SPRING_FILE, line + "\n", sources);
    }

    /** Writes bytes, because the compiler would use the encoding of the sources. */
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
            // Some compilers and IDEs give no access to such files. The next build is then a full one.
        }
    }

    /**
     * Whether the file is in the classes directory. Without {@code -d}, javac ignores the directories in the name, and would
     * leave the file in its working directory.
     */
    static boolean isBesideClasses(FileObject file, String name) {
        return file.toUri().toString().endsWith(name);
    }
}
