package org.asyncmigrations.processor.scan;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Looks up many classes, most of which may be missing. To look for a missing class, a compiler searches all modules, which takes
 * a third of a millisecond. So the packages are listed instead, once each.
 */
final class ClassPath {
    private final Elements elements;
    private final Map<String, Set<String>> members = new HashMap<>();
    /**
     * Classes of the unnamed package are looked up: javac 25 would report each compact source file as a duplicate once the
     * package is listed.
     */
    private final Map<String, Boolean> unnamed = new HashMap<>();

    ClassPath(Elements elements) {
        this.elements = elements;
    }

    /** {@return a class by its full name, which may be nested} */
    Optional<TypeElement> find(String className) {
        return SourceVersion.isName(className) && isThere(className)
                ? Optional.ofNullable(elements.getTypeElement(className))
                : Optional.empty();
    }

    /** Whether a package has the class, or the class around it. */
    private boolean isThere(String className) {
        String outer = className;
        for (; !before(outer).isEmpty(); outer = before(outer)) {
            String simpleName = outer.substring(outer.lastIndexOf('.') + 1);
            if (members.computeIfAbsent(before(outer), this::membersOf).contains(simpleName)) {
                return true;
            }
        }
        return unnamed.computeIfAbsent(outer, name -> elements.getTypeElement(name) != null);
    }

    /** {@return the part before the last dot; empty if there is none} */
    static String before(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private Set<String> membersOf(String packageName) {
        Set<PackageElement> packages = new LinkedHashSet<>(elements.getAllPackageElements(packageName));
        Optional.ofNullable(elements.getPackageElement(packageName)).ifPresent(packages::add);
        return packages.stream()
                .flatMap(found -> found.getEnclosedElements().stream())
                .map(member -> member.getSimpleName().toString())
                .collect(Collectors.toSet());
    }
}
