/** A Micronaut application with async-migrations, as in runtime/MICRONAUT.md. */
package org.asyncmigrations.example.micronaut;
