/**
 * Reads the journal, and appends to it what a release adds.
 * It judges no migration: what cannot be read is a fault with its place, and whether there is something to append others decide.
 * Read by {@code scan}, appended to by the processor.
 */
@NullMarked
package org.asyncmigrations.processor.journal;

import org.jspecify.annotations.NullMarked;
