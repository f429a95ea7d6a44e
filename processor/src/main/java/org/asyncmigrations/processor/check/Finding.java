package org.asyncmigrations.processor.check;

import java.time.Instant;
import org.asyncmigrations.processor.model.Origin;

/**
 * A message to the user.
 *
 * @param text the full text, as it is printed
 */
public record Finding(Message message, String text, Origin origin) {
    /** {@return a finding with the message's template, filled in with arguments} */
    public static Finding of(Message message, Origin origin, Object... arguments) {
        return new Finding(message, message.text(Instant.now(), arguments), origin);
    }

    /** {@return whether it makes the compile fail} */
    public boolean isError() {
        return message.severity() == Severity.ERROR;
    }

    /**
     * {@return whether it is a warning that a {@code @SuppressWarnings} with its name suppresses, at its element or around it}
     */
    public boolean isSuppressed() {
        return !isError() && origin.suppressed().contains(message.findingName());
    }
}
