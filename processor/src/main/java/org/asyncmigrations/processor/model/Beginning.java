package org.asyncmigrations.processor.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What keeps a migration from beginning from its registration on.
 *
 * @param onApproval whether it waits for an operator
 * @param delay how long it waits, as it is written down; empty for none
 * @param approvalOrigin where {@code start} is said
 * @param delayOrigin where {@code startsAfter} is said
 */
public record Beginning(boolean onApproval, String delay, Origin approvalOrigin, Origin delayOrigin) {
    /** Nothing. */
    public static final Beginning AT_ONCE = new Beginning(false, "", Origin.BUILD, Origin.BUILD);

    /** {@return where that is said, the approval before the delay} */
    public Origin origin() {
        return onApproval ? approvalOrigin : delayOrigin;
    }

    /** {@return the delay, empty for text that is no duration} */
    public Optional<Duration> duration() {
        try {
            return Optional.of(Duration.parse(delay));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
