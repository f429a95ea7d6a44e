/** A Quarkus application that has async-migrations, as runtime/QUARKUS.md shows it. */
package org.asyncmigrations.example.quarkus;
