/**
 * Writes the registry, its catalog, the services that migrations need and the classes of the state tables.
 * It judges nothing: what generated code cannot call is left out, everything else is written, right or wrong.
 * Called by the processor, for the tables in one round and for the registry in the next.
 */
@NullMarked
package org.asyncmigrations.processor.write;

import org.jspecify.annotations.NullMarked;
