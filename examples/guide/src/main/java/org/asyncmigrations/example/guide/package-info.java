/** What the guides show, compiled and tested. */
@NullMarked
package org.asyncmigrations.example.guide;

import org.jspecify.annotations.NullMarked;
