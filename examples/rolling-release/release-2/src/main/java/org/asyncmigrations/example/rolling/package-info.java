/** Release 2: a customer has a first and a last name. Instances of release 1 are still running, or may come back. */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.rolling;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
