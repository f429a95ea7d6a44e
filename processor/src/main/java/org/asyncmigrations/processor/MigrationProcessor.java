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

/** Checks the migrations of a compile and writes their registry. javac creates it and calls it from one thread. */
@AutoService(Processor.class)
public final class MigrationProcessor extends AbstractProcessor {
    private @Nullable Rounds rounds;
    /** Removes the listener that an earlier {@code init} registered. */
    private Runnable unregister = () -> {};

    private boolean broken;

    /** For the compiler, which creates it. */
    public MigrationProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RuntimeNames.API + ".*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /**
     * {@return all options that are meant for this processor, even unknown ones} javac would warn about an unknown one; a finding
     * is more helpful.
     */
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
            // The compiler isn't javac: bodies can't be read.
            unregister = () -> {};
        }
    }

    /**
     * Continues the work with the next round.
     *
     * @param annotations this project's annotations that occur
     * @param round the round
     * @return true: no other processor needs these annotations
     */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (rounds != null) {
            Rounds begun = rounds;
            guarded(() -> begun.next(round));
        }
        return true;
    }

    /** Runs a step, unless an earlier one has thrown. */
    private void guarded(Runnable step) {
        if (broken) {
            return;
        }
        try {
            step.run();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            // The compiler would print its own stack trace and end, which doesn't help the user.
            broken = true;
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, Fault.text(e));
        }
    }
}
