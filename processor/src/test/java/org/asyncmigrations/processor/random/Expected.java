package org.asyncmigrations.processor.random;

/**
 * A finding that has to come, or that came.
 *
 * @param finding its name
 * @param file the source that it is in; empty where the build as a whole is at fault
 */
record Expected(String finding, String file) {}
