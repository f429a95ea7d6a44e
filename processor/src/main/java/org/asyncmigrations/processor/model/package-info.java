/**
 * What a build says of its migrations, as immutable records, and the names of the runtime that it is said in.
 * It judges nothing and holds no type of the compiler but the {@link org.asyncmigrations.processor.model.Origin} of a finding.
 * Filled by {@code scan}; read by {@code check} and {@code write}.
 */
@NullMarked
package org.asyncmigrations.processor.model;

import org.jspecify.annotations.NullMarked;
