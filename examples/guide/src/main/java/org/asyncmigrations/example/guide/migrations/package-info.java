/** The migrations in the guide to writing them, one of each kind. */
@NullMarked
package org.asyncmigrations.example.guide.migrations;

import org.jspecify.annotations.NullMarked;
