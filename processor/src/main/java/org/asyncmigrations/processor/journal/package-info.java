/**
 * Reads the journal, and writes what the release step adds or accepts. It doesn't check migrations: an unreadable line is a fault
 * with a place, and callers decide whether there is something to append. Read by {@code scan} and {@code release}; only the
 * latter writes it.
 */
@NullMarked
package org.asyncmigrations.processor.journal;

import org.jspecify.annotations.NullMarked;
