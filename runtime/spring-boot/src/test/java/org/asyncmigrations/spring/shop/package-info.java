/** The migrations of the tests' application. */
@AsyncMigrations(components = Components.SPRING)
package org.asyncmigrations.spring.shop;

import org.asyncmigrations.AsyncMigrations;
import org.asyncmigrations.Components;
