/**
 * Builds the guide as a static site from the Markdown of this repository. It checks all links, and writes HTML, a style, a script and an
 * index to search. It knows nothing of migrations; Maven's profile {@code site} and the tests call it.
 */
@NullMarked
package org.asyncmigrations.example.site;

import org.jspecify.annotations.NullMarked;
