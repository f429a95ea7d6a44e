@AsyncMigrations(components = Components.SPRING)
package com.acme;

import org.asyncmigrations.AsyncMigrations;
import org.asyncmigrations.Components;
