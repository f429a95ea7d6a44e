/**
 * What the processor adds to a compile: javac in a new JVM with and without it, compared with other processors. It runs no
 * migration and needs no database. Called by {@link org.asyncmigrations.benchmarks.Benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
