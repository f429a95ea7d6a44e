/**
 * Judges a build: one rule a method, one class for the rules of one theme, and one catalogue of all that can be said.
 * It reads no source and prints nothing: findings are data.
 * Called by the processor, which prints what is found.
 */
@NullMarked
package org.asyncmigrations.processor.check;

import org.jspecify.annotations.NullMarked;
