package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import javax.lang.model.element.Element;
import org.asyncmigrations.processor.model.Origin;

/** Classes written in Kotlin. What kapt shows of each is a Java stub: its declarations are right, its bodies are empty. */
final class Kotlin {
    private static final ClassName METADATA = ClassName.get("kotlin", "Metadata");

    private Kotlin() {}

    /** Kotlin's compiler marks each of its classes, and kapt each of its stubs. */
    static boolean isSourceOf(Element type) {
        return Annotations.find(type, METADATA, Origin.BUILD).isPresent();
    }
}
