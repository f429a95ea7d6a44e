package org.asyncmigrations.processor.random;

import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * One way of spoiling a migration.
 *
 * @param fits where it leads to the one finding it is about, and to no other
 * @param apply spoils it and notes what must be found
 */
record Flaw(BiPredicate<MigrationSketch, ModuleSketch> fits, Application apply) {
    /** Spoils. */
    interface Application {
        void spoil(MigrationSketch migration, ModuleSketch module, RandomGenerator random);
    }
}
