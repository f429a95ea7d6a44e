package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RegistryPackage.Candidate;
import org.asyncmigrations.processor.model.RegistryPackage.Setting;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Finds the package that the registry goes to: the annotated one, else the one that all migrations share. Where neither is
 * clear, the nearest guess: the registry is written all the same, so that the finding is not lost among missing symbols.
 *
 * @param elements the compiler's
 */
record RegistryPackageScanner(Elements elements) {
    RegistryPackage scan(AnnotatedClasses annotatedClasses) {
        List<Candidate> candidates = new ArrayList<>();
        Optional<Annotations> settings = Optional.empty();
        for (PackageElement annotated : annotatedClasses.packages()) {
            Optional<Annotations> found = annotation(annotated);
            found.ifPresent(annotation ->
                    candidates.add(new Candidate(annotated.getQualifiedName().toString(), annotation.origin())));
            settings = settings.or(() -> found);
        }
        boolean annotated = !candidates.isEmpty();
        if (!annotated) {
            candidates.addAll(packagesOf(annotatedClasses.classes()));
        }
        String packageName = annotated ? candidates.get(0).packageName() : commonPackage(candidates);
        return new RegistryPackage(
                packageName,
                candidates,
                annotated,
                setting(settings, "schema", ""),
                setting(settings, "prefix", RuntimeNames.DEFAULT_PREFIX),
                setting(settings, "services", RuntimeNames.DEFAULT_SERVICES),
                settings.flatMap(found -> found.read("database", String.class)).orElse(""),
                settings.flatMap(found -> found.read("listed", Boolean.class)).orElse(true),
                hidesLanguage(packageName),
                settings.flatMap(found -> found.read("components", VariableElement.class))
                        .filter(chosen -> chosen.getSimpleName().contentEquals("SPRING"))
                        .isPresent());
    }

    /** The unnamed package is not listed: javac 25 takes each compact source file in it for a duplicate from then on. */
    private boolean hidesLanguage(String packageName) {
        return packageName.isEmpty() || !Collections.disjoint(classesOf("java.lang"), classesOf(packageName));
    }

    private Set<String> classesOf(String packageName) {
        PackageElement found = elements.getPackageElement(packageName);
        Set<String> names = new HashSet<>();
        if (found != null) {
            found.getEnclosedElements()
                    .forEach(type -> names.add(type.getSimpleName().toString()));
        }
        return names;
    }

    private static Optional<Annotations> annotation(PackageElement element) {
        Origin origin = new Origin(element.getQualifiedName().toString(), element, null, null);
        return Annotations.find(element, RuntimeNames.ASYNC_MIGRATIONS, origin);
    }

    private static Setting setting(Optional<Annotations> annotation, String name, String otherwise) {
        return annotation
                .map(a -> new Setting(a.read(name, String.class).orElse(otherwise), a.originOf(name)))
                .orElse(new Setting(otherwise, Origin.BUILD));
    }

    private List<Candidate> packagesOf(List<TypeElement> classes) {
        Map<String, Candidate> packages = new LinkedHashMap<>();
        for (TypeElement type : classes) {
            String name = elements.getPackageOf(type).getQualifiedName().toString();
            Origin origin = new Origin(type.getQualifiedName().toString(), type, null, null);
            packages.putIfAbsent(name, new Candidate(name, origin));
        }
        return List.copyOf(packages.values());
    }

    private static String commonPackage(List<Candidate> candidates) {
        String common = candidates.isEmpty() ? "" : candidates.get(0).packageName();
        for (Candidate candidate : candidates) {
            while (!(candidate.packageName() + ".").startsWith(common + ".")) {
                common = common.contains(".") ? common.substring(0, common.lastIndexOf('.')) : "";
                if (common.isEmpty()) {
                    return candidates.get(0).packageName();
                }
            }
        }
        return common;
    }
}
