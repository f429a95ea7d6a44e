@AsyncMigrations
package com.acme;

import org.asyncmigrations.AsyncMigrations;
