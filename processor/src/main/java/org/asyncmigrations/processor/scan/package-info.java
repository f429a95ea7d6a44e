/**
 * Reads the annotated classes of a compile into the model, with their fingerprints.
 * It judges nothing: what is wrong is read as it stands, and what the compiler could not resolve is marked so.
 * Called by the processor, in the round in which the registry is written.
 */
@NullMarked
package org.asyncmigrations.processor.scan;

import org.jspecify.annotations.NullMarked;
