/**
 * Runs each migration of a registry in every way in which it can go wrong (twice, through crashes, beside others, at another
 * time) and compares the tables. It knows nothing of what the migrations are for, and proves nothing of rows that it is not given.
 * Called by users' tests, on JUnit Jupiter.
 */
@NullMarked
package org.asyncmigrations.testing;

import org.jspecify.annotations.NullMarked;
