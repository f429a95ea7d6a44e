package org.asyncmigrations.processor.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.IndexText;
import org.asyncmigrations.processor.model.IndexedMigration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Reads the index that the previous build has left among its classes.
 *
 * @param environment the compiler's environment
 */
public record IndexReader(ProcessingEnvironment environment) {
    /**
     * Reads the index. Must be called before it is written, because no compiler lets a file be read that it has opened for
     * writing.
     *
     * @param annotatedClasses what is compiled now
     * @return the index; if it can't be read, the names in the registry of the previous build; empty after a clean, and if the
     *     compiler doesn't give access to such files
     */
    public Index read(AnnotatedClasses annotatedClasses) {
        Index index = read();
        return index.equals(Index.EMPTY) ? names(annotatedClasses) : index;
    }

    private Index read() {
        try {
            FileObject file =
                    environment.getFiler().getResource(StandardLocation.CLASS_OUTPUT, "", RuntimeNames.INDEX_FILE);
            try (InputStream bytes = file.openInputStream()) {
                return IndexText.parse(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException e) {
            // If the file is missing, compilers throw an IOException or return null; without the location, a
            // RuntimeException.
            return Index.EMPTY;
        }
    }

    /**
     * {@return only the names, from the registry of the previous build} It is in a package that a catalog class points to, or in one
     * around the classes that are compiled now. Names from a library's registry are dropped in {@link AnnotatedClasses#recall}.
     */
    private Index names(AnnotatedClasses annotatedClasses) {
        Elements elements = environment.getElementUtils();
        SortedSet<String> packages = new TreeSet<>();
        SortedMap<String, IndexedMigration> migrations = new TreeMap<>();
        for (TypeElement registry : registries(annotatedClasses)) {
            packages.add(elements.getPackageOf(registry).getQualifiedName().toString());
            for (CatalogLine listed : ModuleScanner.read(registry, Origin.BUILD).migrations()) {
                migrations.put(listed.className(), IndexedMigration.NAME_ONLY);
            }
        }
        return new Index(packages, migrations);
    }

    private Set<TypeElement> registries(AnnotatedClasses annotatedClasses) {
        Elements elements = environment.getElementUtils();
        OwnOutput output = new OwnOutput(environment);
        Set<TypeElement> found = new LinkedHashSet<>();
        ModuleScanner.listed(elements).values().stream().filter(output::hasFile).forEach(found::add);
        for (String name : annotatedClasses.packageNames()) {
            for (String around = name; !around.isEmpty(); around = ClassPath.before(around)) {
                TypeElement type = elements.getTypeElement(around + "." + RuntimeNames.REGISTRY);
                if (type != null && output.hasFile(type)) {
                    found.add(type);
                }
            }
        }
        return found;
    }
}
