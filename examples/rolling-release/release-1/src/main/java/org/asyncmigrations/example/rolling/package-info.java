/**
 * Release 1: a customer has a full name. It has no migrations yet, but a registry, so that later releases can see its instances.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.rolling;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
