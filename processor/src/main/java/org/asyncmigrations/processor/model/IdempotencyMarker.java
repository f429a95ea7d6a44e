package org.asyncmigrations.processor.model;

import java.util.Optional;

/**
 * An {@code @Idempotent} annotation, or its equivalent.
 *
 * @param by its value, absent if the compiler could not read it
 * @param because the reason in words, empty for none
 */
public record IdempotencyMarker(Optional<By> by, Origin byOrigin, Written because) {
    /** {@return the marker that each back-fill has without an annotation} */
    public static IdempotencyMarker ofBackfill(Origin type) {
        return new IdempotencyMarker(Optional.of(By.PENDING_ROWS), type, new Written("", type));
    }
}
