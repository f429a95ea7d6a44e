@AsyncMigrations
package com.acme.there;

import org.asyncmigrations.AsyncMigrations;
