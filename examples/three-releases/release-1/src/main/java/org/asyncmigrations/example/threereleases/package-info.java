/**
 * Release 1: a customer has a name. It has no migrations yet, but a registry, so that later releases can see
 * its instances.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.threereleases;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
