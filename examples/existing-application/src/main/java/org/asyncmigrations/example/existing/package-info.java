/** A Spring Boot application to which async-migrations was added, as runtime/ADDING.md shows it. */
package org.asyncmigrations.example.existing;
