/** The code in the guides, compiled and tested. */
@NullMarked
package org.asyncmigrations.example.guide;

import org.jspecify.annotations.NullMarked;
