@AsyncMigrations(components = Components.SPRING)
package org.asyncmigrations.example.shop.migrations;

import org.asyncmigrations.AsyncMigrations;
import org.asyncmigrations.Components;
