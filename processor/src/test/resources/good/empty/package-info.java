@AsyncMigrations(schema = "jobs", prefix = "shop_")
package com.acme.shop;

import org.asyncmigrations.AsyncMigrations;
