/**
 * Which instances are running, and whether the old code is gone: this instance, its heartbeat, and the gates of after-release
 * migrations. It runs no migration, and doesn't decide gates that a mode has opened. Called by the dispatcher; users write their
 * own gates.
 */
@NullMarked
package org.asyncmigrations.release;

import org.jspecify.annotations.NullMarked;
