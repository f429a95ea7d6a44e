package org.asyncmigrations.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/** Another processor, which writes a class in a round of one's choice: a migration, unless another is given. */
final class LateGenerator extends AbstractProcessor {
    /** The last round, whichever it is. */
    static final int LAST = 0;

    private final int round;
    private final JavaFileObject source;
    private int seen;

    LateGenerator(int round) {
        this(round, Samples.migration("com.acme.Generated", 20261201_000000L));
    }

    LateGenerator(int round, JavaFileObject source) {
        this.round = round;
        this.source = source;
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
        if (round == LAST ? environment.processingOver() : seen == round) {
            try (Writer file = processingEnv
                    .getFiler()
                    .createSourceFile(Samples.name(source))
                    .openWriter()) {
                file.write(Samples.text(source));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
