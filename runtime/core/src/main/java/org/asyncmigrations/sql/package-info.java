/**
 * Reads SQL text: where its statements and words begin, and whether one of them changes the schema or a whole table. It is not a
 * parser, uses no database, and depends only on the JDK, because the annotation processor's jar contains this package. Called by
 * {@code session} and by the processor.
 */
@NullMarked
package org.asyncmigrations.sql;

import org.jspecify.annotations.NullMarked;
