/**
 * Builds the guide as a static site from the Markdown files of this repository. It checks all links, and writes HTML, a style
 * sheet, a script and a search index. It knows nothing about migrations. Called by Maven's profile {@code site}, and by the
 * tests.
 */
@NullMarked
package org.asyncmigrations.example.site;

import org.jspecify.annotations.NullMarked;
