package org.asyncmigrations.codegen;

/**
 * A place in the file.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column) {}
