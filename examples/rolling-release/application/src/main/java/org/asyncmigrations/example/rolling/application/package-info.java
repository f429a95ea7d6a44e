/**
 * What the three releases have in common: requests come in, and answers go out. Knows no column and no migration. Each release
 * calls it.
 */
@NullMarked
package org.asyncmigrations.example.rolling.application;

import org.jspecify.annotations.NullMarked;
