@AsyncMigrations(schema = "\"app\"")
package com.acme;

import org.asyncmigrations.AsyncMigrations;
