/**
 * The application's own code: customers, their messy data, and the parsing of phone numbers. It knows neither the database nor
 * the migrations. Called by the migrations, which get it through their constructors, and by the quickstart.
 */
@NullMarked
package org.asyncmigrations.example.quickstart.customer;

import org.jspecify.annotations.NullMarked;
