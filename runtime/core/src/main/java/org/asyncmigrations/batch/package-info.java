/**
 * Walks a table along a key: decides where a batch ends, how large it is and which rows belong to it, and writes rows back. It
 * doesn't decide which migration runs or what an error means for it, and has no statement on the state tables. Called by the
 * dispatcher for each claim of a range, and for plans.
 */
@NullMarked
package org.asyncmigrations.batch;

import org.jspecify.annotations.NullMarked;
