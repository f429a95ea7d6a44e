/**
 * The command line of the benchmarks. Each has a name, and a package of its own. It measures nothing itself. Called by Maven, in
 * the profile {@code benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks;

import org.jspecify.annotations.NullMarked;
