/**
 * What a start costs if all migrations are done already: {@code dispatch()} in a new JVM and in a warm one, compared with Flyway,
 * Liquibase and a plain select. Also what reading the status of all migrations costs, and what instances with nothing to do send.
 * It doesn't time migrations. Called by {@link org.asyncmigrations.benchmarks.Benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
