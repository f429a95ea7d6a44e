@org.asyncmigrations.AsyncMigrations
package com.acme;
