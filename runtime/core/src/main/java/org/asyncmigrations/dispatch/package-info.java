/**
 * Runs the migrations: order, phases, attempts and verification, and the workers that do the work. Contains no SQL except the one
 * statement of the steady state. Called by generated registries and by whatever calls {@code step()}.
 */
@NullMarked
package org.asyncmigrations.dispatch;

import org.jspecify.annotations.NullMarked;
