/**
 * Rolls three releases out and back as a platform would, sends them requests as users would, and checks what they answer and
 * leave. Contains no code of the releases. The build calls it, and so does its test.
 */
@NullMarked
package org.asyncmigrations.example.rolling.driver;

import org.jspecify.annotations.NullMarked;
