/**
 * What a start costs that finds all migrations done: {@code dispatch()} in a new JVM and in a warm one, beside Flyway, Liquibase
 * and a plain select. Also what a look at all migrations costs, and what instances ask for that have nothing to do.
 * It times no migration.
 * Called by {@link org.asyncmigrations.benchmarks.Benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
