/**
 * The command line of the benchmarks: each is named, and has a package of its own.
 * It measures nothing itself and holds no figures.
 * Called by Maven, in the profile {@code benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks;

import org.jspecify.annotations.NullMarked;
