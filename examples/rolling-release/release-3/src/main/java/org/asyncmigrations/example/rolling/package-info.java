/**
 * Release 3: nothing here names the full name. Instances of release 2 are still at work, and may be again.
 */
@NullMarked
@AsyncMigrations
package org.asyncmigrations.example.rolling;

import org.asyncmigrations.AsyncMigrations;
import org.jspecify.annotations.NullMarked;
