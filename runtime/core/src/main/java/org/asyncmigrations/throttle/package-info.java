/**
 * Decides whether a migration's work must wait for something other than a lock: replicas that lag, hours in which the database is
 * busy, a share of the time, or anything that the application can see. It holds no claim and changes no state; it only answers.
 * {@link org.asyncmigrations.throttle.Throttles} has the built-in ones. {@code dispatch} asks before a migration is claimed and
 * between two batches.
 */
@NullMarked
package org.asyncmigrations.throttle;

import org.jspecify.annotations.NullMarked;
