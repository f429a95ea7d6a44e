/** Release 3: nothing here names the full name. Instances of release 2 are still running, or may come back. */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.rolling;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
