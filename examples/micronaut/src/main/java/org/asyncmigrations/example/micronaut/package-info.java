/** A Micronaut application that has async-migrations, as runtime/MICRONAUT.md shows it. */
package org.asyncmigrations.example.micronaut;
