/**
 * The quickstart: a million customers brought forward by four migrations while a client goes on writing.
 * It shows the library in use and checks each row afterwards; it is no part of what users depend on.
 * Started by {@code Run it} of the README and by its own test.
 */
@NullMarked
package org.asyncmigrations.example.quickstart;

import org.jspecify.annotations.NullMarked;
