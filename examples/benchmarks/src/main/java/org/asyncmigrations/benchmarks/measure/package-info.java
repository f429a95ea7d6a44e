/**
 * What all benchmarks share: runs in turn, medians, arguments, the printed table, the description of the machine, and tools to
 * start another JVM. It knows no benchmark. Called by each of them.
 */
@NullMarked
package org.asyncmigrations.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
