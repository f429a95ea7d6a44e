/**
 * Pages that show where migrations stand and take orders, and the same as JSON. They read and order through {@code Operator} alone, and know neither migration
 * classes nor SQL. {@code ConsoleServer} and {@code ConsoleServlet} mount them, and any other web framework can.
 */
@NullMarked
package org.asyncmigrations.console;

import org.jspecify.annotations.NullMarked;
