/**
 * The statements of a {@link org.asyncmigrations.SchemaChange}, one class for each product: it reads in the catalog what is there, and
 * tells which statements are left. It claims nothing, retries nothing and writes no state.
 * Called by {@code dispatch}, which sends the first of these statements and asks again.
 */
@NullMarked
package org.asyncmigrations.schema;

import org.jspecify.annotations.NullMarked;
