package org.asyncmigrations.processor.scan;

import java.io.IOException;
import java.io.InputStream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/** Distinguishes this module's classes from those of its libraries. A compiler finds both by their names alone. */
record OwnOutput(ProcessingEnvironment environment) {
    /** Whether a class is compiled into this module: its class file is in the output, or its source is being compiled. */
    boolean isOwn(TypeElement type) {
        return hasFile(type) || isSource(type);
    }

    /** Whether its class file is in this compile's output. */
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

    /** Whether its source is being compiled. With {@code -sourcepath}, this includes classes that weren't named. */
    private boolean isSource(TypeElement type) {
        return Sources.of(Unwrapped.of(environment)).textOf(type).isPresent();
    }
}
