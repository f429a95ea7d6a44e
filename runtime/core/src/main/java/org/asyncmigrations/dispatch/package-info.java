/**
 * Brings a database forward: order, phases, attempts and verification, and the workers that do it.
 * It holds no SQL of its own but the one statement of the steady state.
 * Called by generated registries and by what calls {@code step()}.
 */
@NullMarked
package org.asyncmigrations.dispatch;

import org.jspecify.annotations.NullMarked;
