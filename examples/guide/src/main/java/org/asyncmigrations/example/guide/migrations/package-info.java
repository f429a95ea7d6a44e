/** The migrations that the guide to writing them shows, one of each kind. */
@NullMarked
package org.asyncmigrations.example.guide.migrations;

import org.jspecify.annotations.NullMarked;
