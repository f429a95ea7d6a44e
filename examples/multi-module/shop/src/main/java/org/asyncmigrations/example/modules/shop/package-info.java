/**
 * The application: its registry runs the migrations of accounts and billing in one order with its own, and keeps their state in
 * one set of tables. Called by {@code main}.
 */
@AsyncMigrations(
        include = {
            org.asyncmigrations.example.modules.accounts.AsyncMigrationRegistry.class,
            org.asyncmigrations.example.modules.billing.AsyncMigrationRegistry.class
        })
@NullMarked
package org.asyncmigrations.example.modules.shop;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
