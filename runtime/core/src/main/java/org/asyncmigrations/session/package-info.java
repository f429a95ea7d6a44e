/**
 * Connections and transactions, their limits, and the connection that user code gets inside our transaction. It doesn't know any
 * product by name and has no statement on a table. Called by every package above it.
 */
@NullMarked
package org.asyncmigrations.session;

import org.jspecify.annotations.NullMarked;
