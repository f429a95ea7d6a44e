/**
 * Reads SQL text: where its statements and words begin, and whether one of them changes the schema or a whole table. No parser, no
 * database and no class but the JDK's, because the annotation processor takes this package into its jar.
 * Called by {@code session}, and by the processor.
 */
@NullMarked
package org.asyncmigrations.sql;

import org.jspecify.annotations.NullMarked;
