package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Modules;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Finds the registries of other modules: those that the package includes, and those that catalog classes point to.
 *
 * @param environment the compiler's environment
 * @param ownName the full name of this build's registry
 */
record ModuleScanner(ProcessingEnvironment environment, String ownName) {
    /** {@return the registries} On the class path, a class can be found only by its name, or in a package that can be listed. */
    Modules scan(AnnotatedClasses annotatedClasses) {
        boolean named = isNamed(annotatedClasses);
        Map<String, OtherRegistry> included = new LinkedHashMap<>();
        inclusions(annotatedClasses).forEach(registry -> included.putIfAbsent(registry.name(), registry));
        included.remove(ownName);
        List<OtherRegistry> onClassPath = new ArrayList<>(named ? List.of() : onClassPath());
        shadowed(annotatedClasses).ifPresent(onClassPath::add);
        return new Modules(List.copyOf(included.values()), onClassPath, named);
    }

    /** {@return the place where this build's registry includes itself} Known only in the round after the registry was written. */
    Optional<Origin> selfInclusion(AnnotatedClasses annotatedClasses) {
        return inclusions(annotatedClasses).stream()
                .filter(registry -> registry.name().equals(ownName))
                .map(OtherRegistry::origin)
                .findFirst();
    }

    private static List<OtherRegistry> inclusions(AnnotatedClasses annotatedClasses) {
        List<OtherRegistry> found = new ArrayList<>();
        for (PackageElement annotated : annotatedClasses.packages()) {
            Origin origin = new Origin(annotated.getQualifiedName().toString(), annotated, null, null);
            Annotations.find(annotated, RuntimeNames.ASYNC_MIGRATIONS, origin)
                    .ifPresent(settings -> found.addAll(inclusions(settings)));
        }
        return found;
    }

    private static List<OtherRegistry> inclusions(Annotations settings) {
        List<OtherRegistry> found = new ArrayList<>();
        for (Annotations.Member member : settings.members("include")) {
            registry(member.value()).ifPresent(type -> found.add(read(type, member.origin())));
        }
        return found;
    }

    private List<OtherRegistry> onClassPath() {
        OwnOutput output = new OwnOutput(environment);
        List<OtherRegistry> found = new ArrayList<>();
        listed(elements()).forEach((catalogClass, registry) -> {
            // A catalog class among this build's classes is left over from a time when its registry was in another
            // package.
            if (!registry.getQualifiedName().contentEquals(ownName) && !output.hasFile(catalogClass)) {
                found.add(read(registry, Origin.BUILD));
            }
        });
        return found;
    }

    /**
     * {@return a registry of another module, or of the main source tree, in this one's package} If the compiler hides its output,
     * this build's own earlier registry looks the same, except that it lists the classes of this compile.
     */
    private Optional<OtherRegistry> shadowed(AnnotatedClasses annotatedClasses) {
        Set<String> here = annotatedClasses.classNames();
        return Optional.ofNullable(elements().getTypeElement(ownName))
                .filter(type -> AnnotatedClasses.isGenerated(type) && !new OwnOutput(environment).isOwn(type))
                .map(type -> read(type, Origin.BUILD))
                .filter(registry -> registry.migrations().stream()
                        .map(CatalogLine::className)
                        .noneMatch(here::contains));
    }

    /** {@return the registries, by the catalog classes that point to them} */
    static Map<TypeElement, TypeElement> listed(Elements elements) {
        Map<TypeElement, TypeElement> found = new LinkedHashMap<>();
        PackageElement catalog = elements.getPackageElement(RuntimeNames.CATALOG_CLASSES);
        for (TypeElement catalogClass :
                ElementFilter.typesIn(catalog == null ? List.<Element>of() : catalog.getEnclosedElements())) {
            Annotations.find(catalogClass, RuntimeNames.CATALOG_OF, Origin.BUILD)
                    .flatMap(pointer -> pointer.member("value"))
                    .flatMap(ModuleScanner::registry)
                    .ifPresent(registry -> found.put(catalogClass, registry));
        }
        return found;
    }

    /** {@return the registry, empty if its class is missing} The compiler reports a missing class, or nobody needs it. */
    private static Optional<TypeElement> registry(AnnotationValue value) {
        return value.getValue() instanceof DeclaredType type
                        && type.getKind() == TypeKind.DECLARED
                        && type.asElement() instanceof TypeElement element
                ? Optional.of(element)
                : Optional.empty();
    }

    /** {@return what a registry declares about itself} */
    static OtherRegistry read(TypeElement type, Origin origin) {
        Optional<ExecutableElement> catalog = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals(RuntimeNames.CATALOG_METHOD)
                        && method.getModifiers().contains(Modifier.STATIC))
                .findFirst();
        Optional<Annotations> entries = Annotations.find(type, RuntimeNames.CATALOG_ENTRIES, Origin.BUILD);
        List<String> lines = texts(entries, "value");
        List<String> codes = texts(entries, "code");
        List<CatalogLine> migrations = new ArrayList<>();
        Map<CatalogLine, String> code = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String known = i < codes.size() ? codes.get(i) : "";
            CatalogLine.parse(lines.get(i)).ifPresent(listed -> {
                migrations.add(listed);
                code.put(listed, known);
            });
        }
        code.values().removeIf(String::isEmpty);
        Optional<TypeMirror> services = catalog.flatMap(
                        method -> method.getParameters().stream().findFirst())
                .map(VariableElement::asType);
        return new OtherRegistry(
                ClassName.get(type),
                catalog.isPresent() && entries.isPresent(),
                services.map(TypeName::get),
                services.filter(ModuleScanner::isInterface).isPresent(),
                migrations,
                code,
                texts(entries, "retired").stream()
                        .flatMap(text -> CatalogLine.parse(text).stream())
                        .toList(),
                entries.flatMap(found -> found.read("state", String.class)).orElse(RuntimeNames.DEFAULT_PREFIX),
                origin);
    }

    private static List<String> texts(Optional<Annotations> entries, String name) {
        return entries.stream()
                .flatMap(found -> found.array(name).stream())
                .map(text -> text.getValue().toString())
                .toList();
    }

    private static boolean isInterface(TypeMirror type) {
        return type instanceof DeclaredType declared && declared.asElement().getKind() == ElementKind.INTERFACE;
    }

    private boolean isNamed(AnnotatedClasses annotatedClasses) {
        Element some = annotatedClasses.classes().isEmpty()
                ? annotatedClasses.packages().stream().findFirst().orElse(null)
                : annotatedClasses.classes().get(0);
        ModuleElement module = some == null ? null : elements().getModuleOf(some);
        return module != null && !module.isUnnamed();
    }

    private Elements elements() {
        return environment.getElementUtils();
    }
}
