/** A Quarkus application with async-migrations, as in runtime/QUARKUS.md. */
package org.asyncmigrations.example.quarkus;
