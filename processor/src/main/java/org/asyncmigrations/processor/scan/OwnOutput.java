package org.asyncmigrations.processor.scan;

import java.io.IOException;
import java.io.InputStream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/** Tells this module's classes from those of its libraries: a compiler finds both by their names alone. */
record OwnOutput(ProcessingEnvironment environment) {
    /** Whether a class is one that is compiled into this module: its file lies there, or it is being read from a source. */
    boolean isOwn(TypeElement type) {
        return hasFile(type) || isSource(type);
    }

    /** Whether its class file lies where this compile writes. */
    boolean hasFile(TypeElement type) {
        String name = environment.getElementUtils().getBinaryName(type).toString();
        int dot = name.lastIndexOf('.');
        try (InputStream file = environment
                .getFiler()
                .getResource(
                        StandardLocation.CLASS_OUTPUT,
                        name.substring(0, Math.max(0, dot)),
                        name.substring(dot + 1) + ".class")
                .openInputStream()) {
            return file.read() >= 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Through {@code -sourcepath}, what nobody has named is compiled all the same, and into this module. */
    private boolean isSource(TypeElement type) {
        return Sources.of(Unwrapped.of(environment)).textOf(type).isPresent();
    }
}
