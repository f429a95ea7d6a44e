package org.asyncmigrations.processor.model;

import java.util.Optional;

/**
 * An {@code @Idempotent} annotation, or its equivalent.
 *
 * @param by its value, absent if the compiler could not read it
 * @param because the reason in words, empty for none
 */
public record IdempotencyMarker(Optional<By> by, Origin byOrigin, Written because) {
    private static final String BY_ITSELF = "its type says so";

    /** {@return the marker that a class has by itself, without an annotation: a back-fill, or a change of the schema} */
    public static Optional<IdempotencyMarker> of(SupertypeFacts supertypes, Origin type) {
        By by = supertypes.isBackfill() ? By.PENDING_ROWS : supertypes.kind() == Kind.SCHEMA ? By.DECLARATION : null;
        return Optional.ofNullable(by)
                .map(found -> new IdempotencyMarker(Optional.of(found), type, new Written(BY_ITSELF, type)));
    }
}
