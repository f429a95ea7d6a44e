/**
 * What a migration class and an application import: the annotations, the two kinds of migration, and what the generated registry hands out.
 * It holds no SQL and starts no thread; those live in the packages below it.
 * Called by users' code and by generated code.
 */
@NullMarked
package org.asyncmigrations;

import org.jspecify.annotations.NullMarked;
