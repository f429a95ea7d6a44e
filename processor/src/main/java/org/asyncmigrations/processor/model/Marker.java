package org.asyncmigrations.processor.model;

import java.util.Optional;

/**
 * An {@code @Idempotent} annotation.
 *
 * @param by its value, absent where the compiler could not read it
 * @param because the reason in words, empty for none
 * @param byOrigin where the value is
 * @param becauseOrigin where the words are, the annotation where there are none
 */
public record Marker(Optional<By> by, String because, Origin byOrigin, Origin becauseOrigin) {}
