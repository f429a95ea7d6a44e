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
 * Looks up many classes of which most may be missing. Asking the compiler for each takes it a search over all modules, a third
 * of a millisecond: the packages are asked for their members instead, once each.
 */
final class ClassPath {
    private final Elements elements;
    private final Map<String, Set<String>> members = new HashMap<>();
    /** Not listed: javac 25 takes each compact source file in the unnamed package for a duplicate from then on. */
    private final Map<String, Boolean> unnamed = new HashMap<>();

    ClassPath(Elements elements) {
        this.elements = elements;
    }

    /** A class by its full name, a nested one too. */
    Optional<TypeElement> find(String className) {
        return SourceVersion.isName(className) && isThere(className)
                ? Optional.ofNullable(elements.getTypeElement(className))
                : Optional.empty();
    }

    /** Whether a package has it, or the class around it. */
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

    /** What is before the last dot; empty if there is none. */
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
