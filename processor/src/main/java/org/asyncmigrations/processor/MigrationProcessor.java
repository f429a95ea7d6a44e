package org.asyncmigrations.processor;

import com.google.auto.service.AutoService;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.asyncmigrations.processor.body.CompileListener;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.scan.BuildScanner;
import org.asyncmigrations.processor.scan.Unwrapped;
import org.jspecify.annotations.Nullable;

/** Checks the migrations of a compile and writes their registry. javac makes it, and calls it from one thread. */
@AutoService(Processor.class)
public final class MigrationProcessor extends AbstractProcessor {
    private @Nullable Rounds rounds;
    /** Ends the listening of an earlier {@code init}. */
    private Runnable unregister = () -> {};

    private boolean broken;

    /** Made by the compiler. */
    public MigrationProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RuntimeNames.API + ".*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /** All that are meant for this processor, known or not: what javac would say of an unknown one, a finding says better. */
    @Override
    public Set<String> getSupportedOptions() {
        return Set.copyOf(BuildScanner.options(processingEnv));
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        unregister.run();
        Rounds begun = new Rounds(environment);
        rounds = begun;
        try {
            unregister = CompileListener.register(Unwrapped.of(environment), begun, this::guarded);
        } catch (IllegalArgumentException | LinkageError e) {
            // Not javac: bodies can't be read.
            unregister = () -> {};
        }
    }

    /**
     * Goes on with the work.
     *
     * @param annotations those of ours that are there
     * @param round the round
     * @return true: these annotations are nobody else's
     */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (rounds != null) {
            Rounds begun = rounds;
            guarded(() -> begun.next(round));
        }
        return true;
    }

    /** Runs a step unless one has failed before. */
    private void guarded(Runnable step) {
        if (broken) {
            return;
        }
        try {
            step.run();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            // The compiler would print its own stack and end; the user can do nothing with that.
            broken = true;
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, Fault.text(e));
        }
    }
}
