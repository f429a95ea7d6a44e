package org.asyncmigrations.processor.model;

import java.util.Optional;

/**
 * An {@code @Idempotent} annotation, or what stands for one.
 *
 * @param by its value, absent where the compiler could not read it
 * @param because the reason in words, empty for none
 * @param byOrigin where the value is
 * @param becauseOrigin where the words are, the annotation where there are none
 */
public record IdempotencyMarker(Optional<By> by, String because, Origin byOrigin, Origin becauseOrigin) {
    /** {@return the marker that a back-fill has by itself, without an annotation} */
    public static IdempotencyMarker ofBackfill(Origin type) {
        return new IdempotencyMarker(Optional.of(By.PENDING_ROWS), "", type, type);
    }
}
