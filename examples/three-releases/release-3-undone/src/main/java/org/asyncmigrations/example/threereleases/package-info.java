/** Another release 3: the team has changed its mind. No query names the new columns any more; they are dropped. */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.threereleases;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
