@AsyncMigrations
package com.acme.here;

import org.asyncmigrations.AsyncMigrations;
