/**
 * A column on its way out: the generated classes do not have it any more, instances of the release before still do, and a
 * migration drops it once they are gone.
 */
@NullMarked
package org.asyncmigrations.example.retiredcolumns;

import org.jspecify.annotations.NullMarked;
