/**
 * Judges a build: one rule a class, one finding name a rule, and one catalogue of all that can be said.
 * It reads no source and prints nothing: findings are data.
 * Called by the processor, which prints what is found.
 */
@NullMarked
package org.asyncmigrations.processor.check;

import org.jspecify.annotations.NullMarked;
