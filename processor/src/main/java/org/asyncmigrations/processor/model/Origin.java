package org.asyncmigrations.processor.model;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where something was said: only for the one place that prints findings, everybody else passes it on unopened.
 *
 * @param owner the full name of the class or package it is said in, by which findings are sorted; empty for the build
 * @param element the class, constructor or package, null for the build as a whole
 * @param annotation the annotation on it, if it is said there
 * @param value the value in the annotation, if it is said there
 */
public record Origin(
        String owner,
        @Nullable Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {
    /** The build as a whole: its options. */
    public static final Origin BUILD = new Origin("", null, null, null);

    /**
     * An annotation on the same element.
     *
     * @param mirror the annotation
     * @return its origin
     */
    public Origin at(AnnotationMirror mirror) {
        return new Origin(owner, element, mirror, null);
    }

    /**
     * A value of the same annotation.
     *
     * @param place the value, null where it is not written down
     * @return its origin, the annotation's where there is none
     */
    public Origin at(@Nullable AnnotationValue place) {
        return new Origin(owner, element, annotation, place);
    }
}
