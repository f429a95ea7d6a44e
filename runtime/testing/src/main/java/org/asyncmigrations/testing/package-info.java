/**
 * Runs each migration of a registry in every way in which it can go wrong (twice, through crashes, next to others, at another time)
 * and compares the tables. It doesn't know what the migrations are for, and proves nothing about rows that it isn't given. Called
 * by users' tests, on JUnit Jupiter.
 */
@NullMarked
package org.asyncmigrations.testing;

import org.jspecify.annotations.NullMarked;
