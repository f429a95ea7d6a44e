/** Runs the work of a registry as recurring jobs of JobRunr. */
@NullMarked
package org.asyncmigrations.jobrunr;

import org.jspecify.annotations.NullMarked;
