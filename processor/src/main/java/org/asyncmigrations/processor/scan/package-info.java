/**
 * Reads the annotated classes of a compile into the model, with their fingerprints. It doesn't judge: wrong code is read as it
 * is, and what the compiler could not resolve is marked. Called by the processor, in the round in which the registry is written.
 */
@NullMarked
package org.asyncmigrations.processor.scan;

import org.jspecify.annotations.NullMarked;
