@org.asyncmigrations.AsyncMigrations(services = "com.acme.Needs")
package com.acme;
