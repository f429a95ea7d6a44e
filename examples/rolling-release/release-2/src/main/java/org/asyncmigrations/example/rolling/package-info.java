/**
 * Release 2: a customer has a first and a last name. Instances of release 1 are still at work, and may be again.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.rolling;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
