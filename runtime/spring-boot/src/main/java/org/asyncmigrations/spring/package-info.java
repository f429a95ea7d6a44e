/**
 * Makes a Spring Boot application run its migrations: the registry is a bean over the raw data source, arrives before the web
 * server serves, is dispatched when the application is ready, and closed behind the web server. It does no work on migrations, and
 * knows no table: that is the runtime's. Spring Boot calls it, by its auto-configuration.
 */
@NullMarked
package org.asyncmigrations.spring;

import org.jspecify.annotations.NullMarked;
