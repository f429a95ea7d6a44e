/**
 * Pages that show the state of the migrations and take orders, and the same as JSON. They read and order only through
 * {@code Operator}, and know neither migration classes nor SQL. {@code ConsoleServer} and {@code ConsoleServlet} mount them, and
 * any web framework can.
 */
@NullMarked
package org.asyncmigrations.console;

import org.jspecify.annotations.NullMarked;
