/**
 * A build and its migrations as immutable records, and the names of the runtime. It doesn't judge, and contains no type of the
 * compiler except in the {@link org.asyncmigrations.processor.model.Origin} of a finding. Filled by {@code scan}; read by
 * {@code check} and {@code write}.
 */
@NullMarked
package org.asyncmigrations.processor.model;

import org.jspecify.annotations.NullMarked;
