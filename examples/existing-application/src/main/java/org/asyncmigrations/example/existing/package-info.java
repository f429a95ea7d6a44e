/** A Spring Boot application to which async-migrations was added as runtime/ADDING.md describes. */
package org.asyncmigrations.example.existing;
