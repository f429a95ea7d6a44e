package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Parameter;
import org.asyncmigrations.processor.model.Parameter.Qualifier;

/**
 * Reads the parameters of a constructor, with the annotations that the method of the services needs too.
 *
 * @param visibility what code in the registry's package can name
 * @param owner the migration, because ecj doesn't know it from a parameter
 */
record ParameterScanner(Visibility visibility, TypeElement owner) {
    private static final ClassName TARGET = ClassName.get(Target.class);
    private static final ClassName RETENTION = ClassName.get(Retention.class);

    Parameter scan(VariableElement parameter) {
        TypeMirror type = parameter.asType();
        boolean resolved = Visibility.isResolved(type);
        return new Parameter(
                parameter.getSimpleName().toString(),
                resolved ? TypeName.get(type) : TypeVariableName.get(type.toString()),
                resolved,
                visibility.sees(type),
                WarningNames.about(type),
                qualifiers(parameter),
                resolved ? typeMarks(type, "").sorted().toList() : List.of(),
                new Origin(owner.getQualifiedName().toString(), written(parameter), null, null));
    }

    /** {@return the element in the source} A record's canonical constructor isn't written; its component is, as a field. */
    private Element written(VariableElement parameter) {
        return owner.getKind() == ElementKind.RECORD
                ? ElementFilter.fieldsIn(owner.getEnclosedElements()).stream()
                        .filter(field -> field.getSimpleName().equals(parameter.getSimpleName()))
                        .findFirst()
                        .orElse(parameter)
                : parameter;
    }

    private List<Qualifier> qualifiers(VariableElement parameter) {
        return parameter.getAnnotationMirrors().stream()
                .filter(ParameterScanner::isQualifier)
                .map(mirror -> new Qualifier(
                        AnnotationSpec.get(mirror), canName(mirror), fits(mirror, "METHOD") && canName(mirror)))
                .sorted(Comparator.comparing(qualifier -> qualifier.annotation().toString()))
                .toList();
    }

    private Stream<String> typeMarks(TypeMirror type, String path) {
        Stream<String> own = type.getAnnotationMirrors().stream()
                .filter(mirror -> isKept(mirror) && mirror.getElementValues().isEmpty() && canName(mirror))
                .map(mirror -> path + type(mirror).getQualifiedName());
        // Types inside Outer<String>.Inner<Integer> can't be rebuilt by their path.
        boolean inGeneric = type instanceof DeclaredType declared
                && declared.getEnclosingType() instanceof DeclaredType outer
                && !outer.getTypeArguments().isEmpty();
        List<? extends TypeMirror> parts = inGeneric ? List.of() : Visibility.parts(type);
        return Stream.concat(
                own, IntStream.range(0, parts.size()).boxed().flatMap(i -> typeMarks(parts.get(i), path + i + "/")));
    }

    /**
     * Whether an annotation may be a qualifier. Containers have many kinds, so everything counts except annotations about null.
     */
    private static boolean isQualifier(AnnotationMirror mirror) {
        String name = type(mirror).getQualifiedName().toString();
        String simpleName = type(mirror).getSimpleName().toString().toLowerCase(Locale.ROOT);
        return isKept(mirror)
                && !fits(mirror, "TYPE_USE")
                && !name.startsWith("java.lang.")
                && !simpleName.contains("null");
    }

    /** Whether class files contain the annotation. Otherwise, it would be missing in a compile of only some files. */
    private static boolean isKept(AnnotationMirror mirror) {
        Optional<VariableElement> retention = Annotations.find(type(mirror), RETENTION, Origin.BUILD)
                .flatMap(found -> found.read("value", VariableElement.class));
        return mirror.getAnnotationType().getKind() == TypeKind.DECLARED
                && retention
                        .filter(kept -> kept.getSimpleName().contentEquals("SOURCE"))
                        .isEmpty();
    }

    /** Whether an annotation may be used in a place. Without a target, it fits all declarations. */
    private static boolean fits(AnnotationMirror mirror, String place) {
        return Annotations.find(type(mirror), TARGET, Origin.BUILD)
                .map(target -> target.array("value").stream()
                        .anyMatch(value -> value.getValue() instanceof Element e
                                && e.getSimpleName().contentEquals(place)))
                .orElse(!place.equals("TYPE_USE"));
    }

    /** Whether generated code can use the annotation without a warning. */
    private boolean canName(AnnotationMirror mirror) {
        return canName(type(mirror))
                && mirror.getElementValues().values().stream().allMatch(this::canName);
    }

    private boolean canName(AnnotationValue value) {
        Object content = value.getValue();
        if (content instanceof TypeMirror type) {
            return Visibility.isResolved(type)
                    && visibility.sees(type)
                    // A class literal is always raw, and compilers don't warn about it.
                    && Set.of("rawtypes").containsAll(WarningNames.about(type));
        }
        if (content instanceof List<?> members) {
            return members.stream().allMatch(member -> canName((AnnotationValue) member));
        }
        if (content instanceof Double || content instanceof Float) {
            return Double.isFinite(((Number) content).doubleValue());
        }
        return content instanceof AnnotationMirror nested
                ? canName(nested)
                : !(content instanceof Element constant) || canName(constant);
    }

    private boolean canName(Element element) {
        return visibility.sees(element) && WarningNames.about(element).isEmpty();
    }

    private static TypeElement type(AnnotationMirror mirror) {
        return (TypeElement) mirror.getAnnotationType().asElement();
    }
}
