/**
 * Rolls three releases out as a platform would, sends them requests as users would, kills instances, and checks all answers and all
 * rows. It contains no code of the releases. Called by the build, and by its test.
 */
@NullMarked
package org.asyncmigrations.example.threereleases.driver;

import org.jspecify.annotations.NullMarked;
