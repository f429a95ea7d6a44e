/**
 * Writes the registry, its catalog, the services that migrations need, and the classes of the state tables. It doesn't judge:
 * code that can't be generated is left out, everything else is written, right or wrong. Called by the processor, for everything
 * in one round, or for some tables before the registry.
 */
@NullMarked
package org.asyncmigrations.processor.write;

import org.jspecify.annotations.NullMarked;
