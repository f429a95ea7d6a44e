/** Release 3: no query names the old column. Instances of release 2 are still running, or may come back. */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.threereleases;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
