/**
 * The command line: shows the state of each migration and gives orders; it needs only a database URL. It reads arguments and writes
 * tables and JSON; everything it reads from the state tables, and every order, goes through
 * {@link org.asyncmigrations.operator.Operator}. People, pipelines and monitoring call it.
 */
@NullMarked
package org.asyncmigrations.cli;

import org.jspecify.annotations.NullMarked;
