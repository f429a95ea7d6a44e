/**
 * Reads the journal, and writes to it what the release step adds or accepts.
 * It judges no migration: what cannot be read is a fault with its place, and whether there is something to append others decide.
 * Read by {@code scan} and {@code release}, which alone writes it.
 */
@NullMarked
package org.asyncmigrations.processor.journal;

import org.jspecify.annotations.NullMarked;
