/**
 * The command line: shows what every migration does and gives orders, with nothing but a database URL. It reads the arguments and
 * writes tables and JSON; all that is read from the state tables, and every order, is {@link org.asyncmigrations.operator.Operator}'s. People,
 * pipelines and monitoring call it.
 */
@NullMarked
package org.asyncmigrations.cli;

import org.jspecify.annotations.NullMarked;
