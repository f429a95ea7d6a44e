/**
 * Connections, transactions and what differs between database products, with the connection that user code gets inside our transaction.
 * It knows nothing of migrations and holds no statement on a table.
 * Called by every package above it.
 */
@NullMarked
package org.asyncmigrations.database;

import org.jspecify.annotations.NullMarked;
