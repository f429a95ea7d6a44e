package org.asyncmigrations.processor.body;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Follows javac after the annotation processing rounds: javac sends an event when it has attributed a class, and one when the
 * compile ends. Other compilers send no events; with {@code -proc:only}, javac sends none either.
 */
public final class CompileListener implements TaskListener {
    private final Stages stages;
    /** Runs each step and catches exceptions, because javac ends abnormally if a listener throws. */
    private final Consumer<Runnable> guard;

    private final Set<String> analyzed = new HashSet<>();
    private final Set<String> generated = new HashSet<>();

    private CompileListener(Stages stages, Consumer<Runnable> guard) {
        this.stages = stages;
        this.guard = guard;
    }

    /** The steps after the rounds. */
    public interface Stages {
        /**
         * Reads a top-level class whose bodies have been attributed.
         *
         * @return whether the compile was asked for this class; for others, javac may write no class file
         */
        boolean analyzed(TypeElement type);

        /**
         * Ends the compile. The last call.
         *
         * @param complete whether code was analyzed, and a class file was written for each class that the compile was asked for
         */
        void compiled(boolean complete);
    }

    /**
     * Registers a listener with javac.
     *
     * @param compiler javac's own environment
     * @param guard runs each call, and lets no exception out
     * @return removes the listener
     * @throws IllegalArgumentException if the compiler isn't javac
     */
    public static Runnable register(ProcessingEnvironment compiler, Stages stages, Consumer<Runnable> guard) {
        CompileListener listener = new CompileListener(stages, guard);
        JavacTask task = JavacTask.instance(compiler);
        task.addTaskListener(listener);
        return () -> task.removeTaskListener(listener);
    }

    @Override
    public void finished(TaskEvent event) {
        guard.accept(() -> next(event.getKind(), event.getTypeElement()));
    }

    private void next(TaskEvent.Kind kind, @Nullable TypeElement type) {
        // For packages and modules, class files aren't always written.
        boolean isClass = type != null
                && type.getSimpleName().length() > 0
                && type.getSimpleName().toString().indexOf('-') < 0;
        if (kind == TaskEvent.Kind.COMPILATION) {
            stages.compiled(!analyzed.isEmpty() && generated.containsAll(analyzed));
        } else if (kind == TaskEvent.Kind.GENERATE && isClass) {
            generated.add(type.getQualifiedName().toString());
        } else if (kind == TaskEvent.Kind.ANALYZE && isClass) {
            if (stages.analyzed(type)) {
                analyzed.add(type.getQualifiedName().toString());
            }
        }
    }
}
