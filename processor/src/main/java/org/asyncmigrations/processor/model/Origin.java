package org.asyncmigrations.processor.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The place of something in the source. Opened only to print findings, and to tell the compiler which sources a file is written
 * from; all other code just passes it on.
 *
 * @param owner the full name of the class or package that it is in, by which findings are sorted; empty for the build
 * @param element the class, constructor or package, null for the build as a whole
 * @param annotation the annotation on the element, if it is in one
 * @param value the value in the annotation, if it is in one
 * @param position its offset in the file, by which the findings of one class are sorted; -1 outside of bodies
 * @param printer prints at a place that no element represents, null if an element does
 */
public record Origin(
        String owner,
        @Nullable Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value,
        long position,
        @Nullable BiConsumer<Diagnostic.Kind, String> printer) {
    /** The build as a whole: its options. */
    public static final Origin BUILD = new Origin("", null, null, null);

    /** A place outside of bodies. */
    public Origin(
            String owner,
            @Nullable Element element,
            @Nullable AnnotationMirror annotation,
            @Nullable AnnotationValue value) {
        this(owner, element, annotation, value, -1, null);
    }

    /** {@return a place in the text of the same element} */
    public Origin at(long start, BiConsumer<Diagnostic.Kind, String> print) {
        return new Origin(owner, element, null, null, start, print);
    }

    /** {@return an annotation on the same element} */
    public Origin at(AnnotationMirror mirror) {
        return new Origin(owner, element, mirror, null);
    }

    /** {@return a value of the same annotation, or the annotation itself if the value is a default} */
    public Origin at(@Nullable AnnotationValue place) {
        return new Origin(owner, element, annotation, place);
    }

    /** {@return the names in the {@code @SuppressWarnings} of the element and of everything around it, up to its module} */
    public Set<String> suppressed() {
        Set<String> names = new HashSet<>();
        for (Element around = element; around != null; around = around.getEnclosingElement()) {
            around.getAnnotationMirrors().stream()
                    .filter(mirror -> mirror.getAnnotationType().toString().equals("java.lang.SuppressWarnings"))
                    .flatMap(mirror -> mirror.getElementValues().values().stream())
                    .flatMap(written -> written.getValue() instanceof List<?> list ? list.stream() : Stream.of(written))
                    .forEach(name -> names.add(
                            name instanceof AnnotationValue single
                                    ? single.getValue().toString()
                                    : name.toString()));
        }
        return names;
    }
}
