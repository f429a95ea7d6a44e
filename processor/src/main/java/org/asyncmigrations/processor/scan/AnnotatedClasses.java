package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/**
 * The names of the annotated elements, collected over the rounds and from the previous build. Names, because the elements of one
 * round are stale in the next.
 */
public final class AnnotatedClasses {
    private final Elements elements;
    private final OwnOutput output;
    private final SortedSet<String> classes = new TreeSet<>();
    private final SortedSet<String> marked = new TreeSet<>();
    private final SortedSet<String> packages = new TreeSet<>();
    private final Set<String> recalled = new HashSet<>();
    private final List<TypeElement> nameless = new ArrayList<>();

    /** Empty at first. */
    public AnnotatedClasses(ProcessingEnvironment environment) {
        this.elements = environment.getElementUtils();
        this.output = new OwnOutput(environment);
    }

    /** Looks at a round, and returns the migrations that are new in it. */
    public List<TypeElement> look(RoundEnvironment round) {
        List<TypeElement> found = new ArrayList<>();
        for (Element element : annotated(round, RuntimeNames.ASYNC_MIGRATION, RuntimeNames.AFTER_RELEASE)) {
            note(element, found);
        }
        for (Element element : annotated(round, RuntimeNames.ASYNC_MIGRATIONS)) {
            if (element instanceof PackageElement annotatedPackage) {
                packages.add(annotatedPackage.getQualifiedName().toString());
            }
        }
        for (Element element : annotated(round, StrayScanner.ANNOTATIONS.toArray(ClassName[]::new))) {
            if (element instanceof TypeElement type) {
                marked.add(type.getQualifiedName().toString());
            }
        }
        return found;
    }

    /**
     * Adds migrations of the previous build that still exist. A class is left out if it is gone, is no longer a migration, or is
     * now in a library.
     */
    public void recall(Index index) {
        for (String name : index.migrations().keySet()) {
            TypeElement type = elements.getTypeElement(name);
            if (type != null && !classes.contains(name) && isMigration(type) && output.isOwn(type)) {
                classes.add(name);
                recalled.add(name);
            }
        }
        packages.addAll(index.packages());
    }

    /** {@return the names of the annotated classes} */
    Set<String> classNames() {
        return Set.copyOf(classes);
    }

    /** {@return the packages of the annotated classes, and the annotated packages} */
    SortedSet<String> packageNames() {
        SortedSet<String> names = new TreeSet<>(packages);
        classes()
                .forEach(type ->
                        names.add(elements.getPackageOf(type).getQualifiedName().toString()));
        return names;
    }

    /** {@return the annotated classes that other files can't name: those of a compact source file} */
    public List<TypeElement> nameless() {
        return List.copyOf(nameless);
    }

    /** {@return whether there is nothing to write a registry for} */
    public boolean isEmpty() {
        return classes.isEmpty() && packages.isEmpty();
    }

    /** {@return the annotated classes, as the current round sees them} */
    List<TypeElement> classes() {
        return present(classes, elements::getTypeElement);
    }

    /** {@return the classes with an annotation that only migrations have, as the current round sees them} */
    List<TypeElement> markedClasses() {
        return present(marked, elements::getTypeElement);
    }

    /** {@return whether this processor has generated the class} */
    public static boolean isGenerated(TypeElement type) {
        return Annotations.find(type, RuntimeNames.GENERATED_SOURCE, Origin.BUILD)
                .isPresent();
    }

    /** {@return whether this compile has the source of every migration} */
    public boolean isWhole() {
        return recalled.isEmpty();
    }

    /** Whether this compile sees only the class file, as far as the rounds have shown. */
    boolean isRecalled(TypeElement type) {
        return recalled.contains(type.getQualifiedName().toString());
    }

    /** {@return the annotated packages, as the current round sees them} */
    List<PackageElement> packages() {
        return present(packages, elements::getPackageElement);
    }

    private static <T> List<T> present(Collection<String> names, Function<String, @Nullable T> find) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(find.apply(name)))
                .toList();
    }

    private void note(Element element, List<TypeElement> found) {
        // The compiler refuses the annotation on anything but a class.
        if (element instanceof TypeElement type) {
            String name = type.getQualifiedName().toString();
            // A class that another processor generates again was known from the previous build, but counts as found.
            if (recalled.remove(name) | classes.add(name)) {
                found.add(type);
                if (elements.getTypeElement(name) == null) {
                    nameless.add(type);
                }
            }
        }
    }

    private static boolean isMigration(TypeElement type) {
        return !DeclarationScanner.declarations(type, Origin.BUILD).isEmpty();
    }

    private Iterable<? extends Element> annotated(RoundEnvironment round, ClassName... annotations) {
        List<String> names =
                Stream.of(annotations).map(ClassName::canonicalName).toList();
        return round.getElementsAnnotatedWithAny(
                present(names, elements::getTypeElement).toArray(TypeElement[]::new));
    }
}
