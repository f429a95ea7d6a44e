/**
 * The product suite: what a database product must be true to, each fact one test on a real server.
 * It runs no migration and walks no table.
 * Called by test classes, of this project and of others who have a server of their own.
 */
@NullMarked
package org.asyncmigrations.testing.product;

import org.jspecify.annotations.NullMarked;
