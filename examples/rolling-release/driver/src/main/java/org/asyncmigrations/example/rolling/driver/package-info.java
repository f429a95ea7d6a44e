/**
 * Rolls three releases out and back as a platform would, sends them requests as users would, and checks their answers and the
 * final rows. It contains no code of the releases. Called by the build, and by its test.
 */
@NullMarked
package org.asyncmigrations.example.rolling.driver;

import org.jspecify.annotations.NullMarked;
