/** Runs the work of a registry as jobs of Quartz. */
@NullMarked
package org.asyncmigrations.quartz;

import org.jspecify.annotations.NullMarked;
