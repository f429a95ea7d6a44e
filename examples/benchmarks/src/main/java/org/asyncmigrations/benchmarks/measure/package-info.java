/**
 * What all benchmarks share: alternating runs, medians, arguments, the printed table, what is said of the machine, and what is
 * made for another JVM.
 * It knows of no benchmark.
 * Called by each of them.
 */
@NullMarked
package org.asyncmigrations.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
