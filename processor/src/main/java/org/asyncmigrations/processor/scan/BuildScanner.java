package org.asyncmigrations.processor.scan;

import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Options;

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
        ShapeScanner shapes = new ShapeScanner(new Visibility(packageName));
        ClassScanner scanner = new ClassScanner(Sources.of(environment), shapes);
        List<Migration> migrations = discovery.classes().stream()
                .map(scanner::scan)
                .flatMap(Optional::stream)
                .toList();
        Options options = OptionsScanner.scan(environment.getOptions());
        JournalScanner journals = new JournalScanner(environment.getElementUtils());
        Optional<Journal> journal = options.journal().map(path -> journals.scan(path, migrations));
        return new Build(home(discovery).in(packageName), migrations, options, journal);
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
