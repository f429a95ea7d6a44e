package org.asyncmigrations.processor.scan;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.Listed;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Remembered;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * What the registry says that the build before has left: where there is no index, the names at least are known. It may be in
 * any package that a marker points to, or around what is compiled now.
 *
 * @param elements the compiler's
 * @param output tells this module's classes from others
 */
record OldRegistries(Elements elements, OwnOutput output) {
    /** Names alone; what a library's registry gave it is sorted out when they are recalled. */
    Index index(Discovery discovery) {
        SortedSet<String> packages = new TreeSet<>();
        SortedMap<String, Remembered> migrations = new TreeMap<>();
        for (TypeElement registry : registries(discovery)) {
            packages.add(elements.getPackageOf(registry).getQualifiedName().toString());
            for (Listed listed : ModuleScanner.read(registry, Origin.BUILD).migrations()) {
                migrations.put(listed.className(), Remembered.NAME_ONLY);
            }
        }
        return new Index(packages, migrations);
    }

    private Set<TypeElement> registries(Discovery discovery) {
        Set<TypeElement> found = new LinkedHashSet<>();
        ModuleScanner.marked(elements).values().stream().filter(output::hasFile).forEach(found::add);
        for (String name : discovery.packageNames()) {
            for (String around = name; !around.isEmpty(); around = before(around)) {
                TypeElement type = elements.getTypeElement(around + "." + RuntimeNames.REGISTRY);
                if (type != null && output.hasFile(type)) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    private static String before(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
