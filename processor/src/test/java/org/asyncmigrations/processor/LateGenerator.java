package org.asyncmigrations.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Another processor, which writes a migration in a round of one's choice. */
final class LateGenerator extends AbstractProcessor {
    private final int round;
    private int seen;

    LateGenerator(int round) {
        this.round = round;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
        seen++;
        if (seen == round) {
            try (Writer file = processingEnv
                    .getFiler()
                    .createSourceFile("com.acme.Generated")
                    .openWriter()) {
                file.write(Samples.migration("com.acme.Generated", 20261201_000000L)
                        .getCharContent(false)
                        .toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
