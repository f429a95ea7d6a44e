package org.asyncmigrations.benchmarks.compile;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Does nothing, for the same annotations: shows what javac needs for any processor at all. */
@SupportedAnnotationTypes("org.asyncmigrations.*")
public final class IdleProcessor extends AbstractProcessor {
    /** For the compiler, which creates it. */
    public IdleProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return true;
    }
}
