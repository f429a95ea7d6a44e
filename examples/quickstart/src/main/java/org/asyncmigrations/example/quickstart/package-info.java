/**
 * The quickstart: four migrations of a million customers, while a client keeps writing. It shows the library in use and then
 * checks each row; it isn't published. Started by {@code Run it} of the README, and by its own test.
 */
@NullMarked
package org.asyncmigrations.example.quickstart;

import org.jspecify.annotations.NullMarked;
