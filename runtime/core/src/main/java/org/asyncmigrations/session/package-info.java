/**
 * Connections and transactions, their limits, and the connection that user code gets inside our transaction.
 * It knows no product by name and holds no statement on a table.
 * Called by every package above it.
 */
@NullMarked
package org.asyncmigrations.session;

import org.jspecify.annotations.NullMarked;
