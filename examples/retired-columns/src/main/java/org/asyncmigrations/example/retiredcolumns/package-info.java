/**
 * A column that is being removed: the generated classes don't have it any more, but instances of the previous release still do. A
 * migration drops it once they are gone.
 */
@NullMarked
package org.asyncmigrations.example.retiredcolumns;

import org.jspecify.annotations.NullMarked;
