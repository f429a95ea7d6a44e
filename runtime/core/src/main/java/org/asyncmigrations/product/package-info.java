/**
 * Everything in which database products differ, one class a product: clock, limits, error codes, keys, plans, how rows are written
 * back, who waits for whom. It opens no connection and knows nothing of migrations or state tables.
 * Called by every package above it; a new product is one class here plus the product suite.
 */
@NullMarked
package org.asyncmigrations.product;

import org.jspecify.annotations.NullMarked;
