@AsyncMigrations(prefix = "my-\"app\"_")
package com.acme;

import org.asyncmigrations.AsyncMigrations;
