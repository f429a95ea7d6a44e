package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RegistryPackage.Candidate;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.Written;

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
        PackageElement found = packageName.isEmpty() ? null : elements.getPackageElement(packageName);
        return packageName.isEmpty()
                || found != null && found.getEnclosedElements().stream().anyMatch(RegistryPackageScanner::isInLanguage);
    }

    /** By this JVM's classes, which are no fewer than those compiled against: to list the package javac reads every class file of it. */
    private static boolean isInLanguage(Element type) {
        try {
            Class.forName("java.lang." + type.getSimpleName(), false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Optional<Annotations> annotation(PackageElement element) {
        Origin origin = new Origin(element.getQualifiedName().toString(), element, null, null);
        return Annotations.find(element, RuntimeNames.ASYNC_MIGRATIONS, origin);
    }

    private static Written setting(Optional<Annotations> annotation, String name, String otherwise) {
        return annotation
                .map(a -> new Written(a.read(name, String.class).orElse(otherwise), a.originOf(name)))
                .orElse(new Written(otherwise, Origin.BUILD));
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
