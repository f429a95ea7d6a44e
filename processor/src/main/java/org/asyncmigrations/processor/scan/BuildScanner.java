package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Build.Stray;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Modules;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/** Reads the annotated elements into the model. */
public final class BuildScanner {
    private final ProcessingEnvironment environment;

    /** A scanner for one compile. */
    public BuildScanner(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /**
     * {@return the package of the registry, as far as this round knows}
     *
     * @param written the package in which its tables have been written, null before that
     */
    public RegistryPackage registryPackage(AnnotatedClasses annotatedClasses, @Nullable String written) {
        return new RegistryPackageScanner(environment.getElementUtils()).scan(annotatedClasses, written);
    }

    /**
     * {@return all migrations, as far as this round knows}
     *
     * @param index what is known of classes whose source this compile doesn't have
     */
    public Build scan(AnnotatedClasses annotatedClasses, Index index, String packageName) {
        Visibility visibility = new Visibility(packageName);
        ProcessingEnvironment compiler = Unwrapped.of(environment);
        Sources sources = Sources.of(compiler);
        ContentScanner contents = new ContentScanner(sources, new TableScanner(visibility));
        ClassScanner scanner = new ClassScanner(sources, new ShapeScanner(visibility), contents);
        List<Migration> migrations = new ArrayList<>();
        for (TypeElement type : annotatedClasses.classes()) {
            scanner.scan(type)
                    .map(migration -> annotatedClasses.isRecalled(type) ? index.restore(migration) : migration)
                    .ifPresent(migrations::add);
        }
        Modules modules = modules(packageName).scan(annotatedClasses);
        Options options = OptionsScanner.scan(environment.getOptions());
        JournalScanner journals = new JournalScanner(environment.getElementUtils(), new OwnOutput(environment));
        Optional<Journal> journal = options.journal().map(path -> journals.scan(path, migrations));
        return new Build(
                registryPackage(annotatedClasses, packageName),
                migrations,
                strays(annotatedClasses),
                modules,
                options,
                journal);
    }

    /** {@return what migrations name and the compiler doesn't know in this round, in words, by the migrations' full names} */
    public SortedMap<String, String> unresolved(AnnotatedClasses annotatedClasses, String packageName) {
        Unresolved unresolved = new Unresolved(new Visibility(packageName));
        SortedMap<String, String> found = new TreeMap<>();
        for (TypeElement type : annotatedClasses.classes()) {
            unresolved
                    .in(type)
                    .ifPresent(what -> found.put(type.getQualifiedName().toString(), what));
        }
        return found;
    }

    /** {@return the annotations for migrations that are on other classes, in the order of classes} */
    public List<Stray> strays(AnnotatedClasses annotatedClasses) {
        return StrayScanner.scan(annotatedClasses.markedClasses());
    }

    /**
     * {@return the place where the registry includes itself} Call it in the round after the registry was written: earlier, the
     * compiler doesn't know the name.
     */
    public Optional<Origin> selfInclusion(AnnotatedClasses annotatedClasses, String packageName) {
        return modules(packageName).selfInclusion(annotatedClasses);
    }

    private ModuleScanner modules(String packageName) {
        String prefix = packageName.isEmpty() ? "" : packageName + ".";
        return new ModuleScanner(environment, prefix + RuntimeNames.REGISTRY);
    }

    /** {@return the names of the options that are meant for this processor} */
    public static List<String> options(ProcessingEnvironment environment) {
        return OptionsScanner.names(environment.getOptions());
    }
}
