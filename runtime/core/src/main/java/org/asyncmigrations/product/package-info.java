/**
 * Everything in which database products differ, with one class per product: clock, limits, error codes, keys, plans, how rows are
 * written back, lock waits. It opens no connection and knows nothing about migrations or state tables. Called by every package
 * above it. To add a product, write one class here and run the product suite.
 */
@NullMarked
package org.asyncmigrations.product;

import org.jspecify.annotations.NullMarked;
