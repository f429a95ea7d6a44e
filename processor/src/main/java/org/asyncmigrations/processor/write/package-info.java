/**
 * Writes the registry, its catalog, the services that migrations need and the classes of the state tables.
 * It judges nothing: what generated code cannot call is left out, everything else is written, right or wrong.
 * Called by the processor, for all in one round, or for some tables before the registry.
 */
@NullMarked
package org.asyncmigrations.processor.write;

import org.jspecify.annotations.NullMarked;
