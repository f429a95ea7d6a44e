/**
 * What javac calls: it scans the annotated classes, checks them, writes their registry and prints what it found.
 * It runs no migration, and depends on no part of the runtime.
 * Called by the compiler alone.
 */
@NullMarked
package org.asyncmigrations.processor;

import org.jspecify.annotations.NullMarked;
