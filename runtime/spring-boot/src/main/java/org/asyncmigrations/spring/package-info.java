/**
 * Runs migrations in a Spring Boot application. The registry is a bean on the raw data source. It registers this instance before
 * the web server accepts requests, is dispatched when the application is ready, and is closed after the web server. The work on
 * migrations and the state tables belong to the runtime. Spring Boot calls this package through its auto-configuration.
 */
@NullMarked
package org.asyncmigrations.spring;

import org.jspecify.annotations.NullMarked;
