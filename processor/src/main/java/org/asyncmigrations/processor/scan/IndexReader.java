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
 * Reads the index that the build before this one has left among its classes.
 *
 * @param environment the compiler's
 */
public record IndexReader(ProcessingEnvironment environment) {
    /**
     * Reads it. To be called before it is written: no compiler hands out what it has handed out for writing.
     *
     * @param annotatedClasses what is compiled now
     * @return the index; where it cannot be read the names in the registry that was left; empty after a clean and where the
     *     compiler does not hand out such files
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
            // A missing file is an IOException or, in some compilers, null; a location that is not there a
            // RuntimeException.
            return Index.EMPTY;
        }
    }

    /**
     * Names alone, from the registry that was left: in a package that a marker points to, or around what is compiled now. What a
     * library's registry gave it is sorted out when they are recalled.
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
        ModuleScanner.marked(elements).values().stream().filter(output::hasFile).forEach(found::add);
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
