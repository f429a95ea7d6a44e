package org.asyncmigrations.codegen;

/**
 * A place in the file.
 *
 * @param line starts at 1
 * @param column starts at 1
 */
record Place(int line, int column) {}
