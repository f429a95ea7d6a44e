/**
 * Who is at work on a database, and whether the old code is gone: this instance and its heartbeat, and the gate of after-release migrations.
 * It runs no migration, and opens no gate that a mode has decided on.
 * Called by the dispatcher; users write gates of their own.
 */
@NullMarked
package org.asyncmigrations.release;

import org.jspecify.annotations.NullMarked;
