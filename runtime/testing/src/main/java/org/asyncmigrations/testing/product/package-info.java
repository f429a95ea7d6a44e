/**
 * The product suite: what must be true of a database product, with one test on a real server for each fact. It runs no migration
 * and walks no table. Called by test classes, of this project and of others who have their own server.
 */
@NullMarked
package org.asyncmigrations.testing.product;

import org.jspecify.annotations.NullMarked;
