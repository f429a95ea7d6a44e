/**
 * What all benchmarks share: alternating runs, medians, arguments, the printed table and what is said of the machine.
 * It knows of no benchmark.
 * Called by each of them.
 */
@NullMarked
package org.asyncmigrations.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
