/**
 * Says when a migration's work is to wait for something other than a lock: replicas that lag behind, the hours in which a
 * database has enough to do, a share of the time, or whatever the application itself can see. Holds no claim and changes no state;
 * it answers a question; {@link org.asyncmigrations.throttle.Throttles} has those that come with the runtime. Asked by
 * {@code dispatch}, before a migration is claimed and between two batches.
 */
@NullMarked
package org.asyncmigrations.throttle;

import org.jspecify.annotations.NullMarked;
