/**
 * What the three releases have in common: reading requests and writing answers. It knows no columns and no migrations. Called by
 * each release.
 */
@NullMarked
package org.asyncmigrations.example.threereleases.application;

import org.jspecify.annotations.NullMarked;
