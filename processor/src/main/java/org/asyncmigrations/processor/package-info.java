/**
 * The annotation processor: it scans the annotated classes, checks them, writes their registry and prints the findings. It runs
 * no migration, and depends on no part of the runtime. Called only by the compiler.
 */
@NullMarked
package org.asyncmigrations.processor;

import org.jspecify.annotations.NullMarked;
