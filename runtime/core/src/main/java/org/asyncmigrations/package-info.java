/**
 * What migration classes and applications import: the annotations, the two kinds of migration, and what the generated registry
 * returns. It contains no SQL and starts no thread; the packages below it do. Called by users' code and by generated code.
 */
@NullMarked
package org.asyncmigrations;

import org.jspecify.annotations.NullMarked;
