/**
 * The state tables and every statement on them: migrations, ranges, rejects, events, builds and instances. It decides nothing: each
 * method either makes a transition and returns whether its condition still held, or reads. Called by the packages that walk,
 * release and dispatch.
 */
@NullMarked
package org.asyncmigrations.state;

import org.jspecify.annotations.NullMarked;
