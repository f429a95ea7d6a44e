package org.asyncmigrations.processor.scan;

import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import org.asyncmigrations.processor.body.Bodies;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Stray;

/** Reads what was found into the model. */
public final class BuildScanner {
    private final ProcessingEnvironment environment;

    /**
     * A scanner of one compile.
     *
     * @param environment the compiler's
     */
    public BuildScanner(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Where the registry goes, by what is known in this round.
     *
     * @param discovery what was found
     * @return the package and its settings
     */
    public Home home(Discovery discovery) {
        return new HomeScanner(environment.getElementUtils()).scan(discovery);
    }

    /**
     * All migrations, by what is known in this round.
     *
     * @param discovery what was found
     * @param packageName where the registry goes
     * @return the build
     */
    public Build scan(Discovery discovery, String packageName) {
        Visibility visibility = new Visibility(packageName);
        ContentScanner contents = new ContentScanner(Bodies.of(environment), new TableScanner(visibility));
        ClassScanner scanner = new ClassScanner(Sources.of(environment), new ShapeScanner(visibility), contents);
        List<Migration> migrations = discovery.classes().stream()
                .map(scanner::scan)
                .flatMap(Optional::stream)
                .toList();
        Options options = OptionsScanner.scan(environment.getOptions());
        JournalScanner journals = new JournalScanner(environment.getElementUtils());
        Optional<Journal> journal = options.journal().map(path -> journals.scan(path, migrations));
        return new Build(home(discovery).in(packageName), migrations, strays(discovery), options, journal);
    }

    /**
     * The annotations that mean something on migrations, on classes that are none.
     *
     * @param discovery what was found
     * @return where they are, in the order of classes
     */
    public List<Stray> strays(Discovery discovery) {
        return StrayScanner.scan(discovery.markedClasses());
    }

    /**
     * The options that are meant for this processor.
     *
     * @param environment the compiler's
     * @return their names
     */
    public static List<String> options(ProcessingEnvironment environment) {
        return OptionsScanner.names(environment.getOptions());
    }
}
