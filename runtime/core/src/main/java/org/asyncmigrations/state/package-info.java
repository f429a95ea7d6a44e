/**
 * The state tables and every statement on them: what is known of each migration, range, event, build and instance.
 * It decides nothing: each method is a verb of transition that tells whether it still held, or a reading.
 * Called by the packages that walk, release and dispatch.
 */
@NullMarked
package org.asyncmigrations.state;

import org.jspecify.annotations.NullMarked;
