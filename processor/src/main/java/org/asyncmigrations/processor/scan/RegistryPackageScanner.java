package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
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
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.ServiceComponents;
import org.asyncmigrations.processor.model.Written;
import org.jspecify.annotations.Nullable;

/**
 * Determines the registry's package: the annotated one, or else the one that all migrations share. If neither is clear, it is a
 * guess, because without a registry the finding would be lost among missing symbols.
 *
 * @param elements the compiler's utilities
 */
record RegistryPackageScanner(Elements elements) {
    /** {@return the registry's package} If tables have been written already, it is their package. */
    RegistryPackage scan(AnnotatedClasses annotatedClasses, @Nullable String written) {
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
        String packageName =
                written != null ? written : annotated ? candidates.get(0).packageName() : commonPackage(candidates);
        Written services = setting(settings, "services", RuntimeNames.DEFAULT_SERVICES);
        Optional<Origin> spring = settings.filter(found -> found.read("components", VariableElement.class)
                        .filter(chosen -> chosen.getSimpleName().contentEquals("SPRING"))
                        .isPresent())
                .map(found -> found.originOf("components"));
        boolean hasSpring = elements.getTypeElement(RuntimeNames.SPRING_REGISTRIES) != null;
        return new RegistryPackage(
                packageName,
                candidates,
                annotated,
                setting(settings, "schema", ""),
                setting(settings, "prefix", RuntimeNames.DEFAULT_PREFIX),
                services,
                canNameServices(services.value()),
                settings.flatMap(found -> found.read("database", String.class)).orElse(""),
                settings.flatMap(found -> found.read("listed", Boolean.class)).orElse(true),
                hidesLanguage(packageName),
                hasSpring && spring.isPresent(),
                spring.filter(chosen -> !hasSpring));
    }

    /**
     * Whether the package has a class with the name of one in {@code java.lang}. Assumed for the unnamed package, because javac
     * 25 would report each compact source file in it as a duplicate once it is listed.
     */
    private boolean hidesLanguage(String packageName) {
        PackageElement found = packageName.isEmpty() ? null : elements.getPackageElement(packageName);
        return packageName.isEmpty()
                || found != null
                        && found.getEnclosedElements().stream()
                                .anyMatch(type ->
                                        isInLanguage(type.getSimpleName().toString()));
    }

    private boolean canNameServices(String name) {
        boolean generated = Set.of(RuntimeNames.REGISTRY, RuntimeNames.BEANS).contains(name)
                || RuntimeNames.TABLES.stream().anyMatch(table -> name.matches("Async" + table + "(Record)?"));
        return ServiceComponents.isName(name)
                && !RuntimeNames.NO_TYPES.contains(name)
                && !generated
                && !isInLanguage(name);
    }

    /**
     * Whether {@code java.lang} has a class with this name: generated code would then mean the user's class by {@code String}.
     * Looked up by name, because to list the package, javac reads each of its class files.
     */
    private boolean isInLanguage(String name) {
        return elements.getTypeElement(elements.getModuleElement("java.base"), "java.lang." + name) != null;
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
