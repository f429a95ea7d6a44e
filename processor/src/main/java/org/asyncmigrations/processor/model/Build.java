package org.asyncmigrations.processor.model;

import java.util.Comparator;
import java.util.List;

/**
 * One compile: all that is checked and written.
 *
 * @param home where the registry goes
 * @param migrations the migrations, in the order of versions
 * @param options the names of the options that begin with {@code asyncmigrations.}, sorted
 */
public record Build(Home home, List<Migration> migrations, List<String> options) {
    /**
     * Copies and sorts the lists.
     *
     * @param home where the registry goes
     * @param migrations the migrations
     * @param options the names of the options
     */
    public Build {
        migrations = migrations.stream().sorted(Migration.ORDER).toList();
        options = options.stream().sorted(Comparator.naturalOrder()).toList();
    }

    /** {@return the migrations whose version could be read} */
    public List<Migration> versioned() {
        return migrations.stream().filter(m -> m.version().readable()).toList();
    }
}
