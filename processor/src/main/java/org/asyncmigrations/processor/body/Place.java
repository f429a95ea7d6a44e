package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;

/**
 * Where a statement is.
 *
 * @param name what it is called
 * @param path the call or the text
 */
record Place(String name, TreePath path) {}
