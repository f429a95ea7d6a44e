package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import org.asyncmigrations.processor.model.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One annotation, read by the names of its values. Values that the compiler could not resolve, and reports itself, read as
 * absent.
 */
final class Annotations {
    private final AnnotationMirror mirror;
    private final Origin origin;

    private Annotations(AnnotationMirror mirror, Origin owner) {
        this.mirror = mirror;
        this.origin = owner.at(mirror);
    }

    static Optional<Annotations> find(Element element, ClassName annotation, Origin owner) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().asElement() instanceof TypeElement type
                    && type.getQualifiedName().contentEquals(annotation.canonicalName())) {
                return Optional.of(new Annotations(mirror, owner));
            }
        }
        return Optional.empty();
    }

    /** {@return an annotation that is a value of another one} */
    static Annotations of(AnnotationMirror mirror, Origin owner) {
        return new Annotations(mirror, owner);
    }

    /** Whether a value is written in the source, and the compiler could resolve it. */
    boolean isWritten(String name) {
        return written(name) != null;
    }

    Origin origin() {
        return origin;
    }

    /** {@return the place of a value; the annotation itself if the value isn't written} */
    Origin originOf(String name) {
        return origin.at(written(name));
    }

    <T> Optional<T> read(String name, Class<T> type) {
        AnnotationValue value = value(name);
        return value != null && type.isInstance(value.getValue())
                ? Optional.of(type.cast(value.getValue()))
                : Optional.empty();
    }

    /** {@return the elements of an array, even of a single one without braces} */
    List<? extends AnnotationValue> array(String name) {
        AnnotationValue value = value(name);
        return value == null ? List.of() : value.accept(MEMBERS, null);
    }

    /** {@return the elements of an array, each with its place} */
    List<Member> members(String name) {
        List<? extends AnnotationValue> values = array(name);
        // javac finds the place of an element only within braces; a single one may be without.
        return values.stream()
                .map(value -> new Member(value, values.size() == 1 ? originOf(name) : origin.at(value)))
                .toList();
    }

    Optional<AnnotationValue> member(String name) {
        return Optional.ofNullable(value(name));
    }

    /** An element of an array. */
    record Member(AnnotationValue value, Origin origin) {}

    private static final SimpleAnnotationValueVisitor14<List<? extends AnnotationValue>, @Nullable Void> MEMBERS =
            new SimpleAnnotationValueVisitor14<>(List.of()) {
                @Override
                public List<? extends AnnotationValue> visitArray(
                        List<? extends AnnotationValue> values, @Nullable Void nothing) {
                    return values;
                }
            };

    private @Nullable AnnotationValue written(String name) {
        return named(mirror.getElementValues(), name);
    }

    private @Nullable AnnotationValue value(String name) {
        AnnotationValue written = written(name);
        if (written != null) {
            return written;
        }
        for (Element member : mirror.getAnnotationType().asElement().getEnclosedElements()) {
            if (member instanceof ExecutableElement method
                    && method.getSimpleName().contentEquals(name)) {
                return method.getDefaultValue();
            }
        }
        return null;
    }

    private static @Nullable AnnotationValue named(
            Map<? extends ExecutableElement, ? extends AnnotationValue> values, String name) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry : values.entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(name)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
