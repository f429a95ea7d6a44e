/**
 * The application's own code: customers, their messy data, and how a phone number is read.
 * It knows neither the database nor the migrations.
 * Called by the migrations, which get it through their constructors, and by the quickstart.
 */
@NullMarked
package org.asyncmigrations.example.quickstart.customer;

import org.jspecify.annotations.NullMarked;
