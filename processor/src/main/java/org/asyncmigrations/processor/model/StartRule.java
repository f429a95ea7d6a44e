package org.asyncmigrations.processor.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What delays the beginning of a migration after its registration.
 *
 * @param onApproval whether it waits for an operator
 * @param delay how long it waits, as it is written; empty for no delay
 * @param approvalOrigin the place of {@code start}
 * @param delayOrigin the place of {@code startsAfter}
 */
public record StartRule(boolean onApproval, String delay, Origin approvalOrigin, Origin delayOrigin) {
    /** No delay. */
    public static final StartRule AT_ONCE = new StartRule(false, "", Origin.BUILD, Origin.BUILD);

    /** {@return its place, the approval's before the delay's} */
    public Origin origin() {
        return onApproval ? approvalOrigin : delayOrigin;
    }

    /** {@return the delay, empty if the text isn't a duration} */
    public Optional<Duration> duration() {
        try {
            return Optional.of(Duration.parse(delay));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
