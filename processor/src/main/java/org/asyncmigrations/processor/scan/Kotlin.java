package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import javax.lang.model.element.Element;
import org.asyncmigrations.processor.model.Origin;

/** Recognizes classes written in Kotlin. kapt shows each of them as a Java stub, with correct declarations and empty bodies. */
final class Kotlin {
    private static final ClassName METADATA = ClassName.get("kotlin", "Metadata");

    private Kotlin() {}

    /** Kotlin's compiler annotates each of its classes, and kapt each of its stubs. */
    static boolean isSourceOf(Element type) {
        return Annotations.find(type, METADATA, Origin.BUILD).isPresent();
    }
}
