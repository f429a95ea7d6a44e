package org.asyncmigrations.processor.check;

import java.time.Instant;
import org.asyncmigrations.processor.model.Origin;

/**
 * Something to be said to the user.
 *
 * @param text in full, as it is printed
 */
public record Finding(Message message, String text, Origin origin) {
    /** {@return a finding whose text is the message's template with arguments} */
    public static Finding of(Message message, Origin origin, Object... arguments) {
        return new Finding(message, message.text(Instant.now(), arguments), origin);
    }

    /** {@return whether it ends the compile} */
    public boolean isError() {
        return message.severity() == Severity.ERROR;
    }

    /** {@return whether it is a warning that {@code @SuppressWarnings} with its name silences, at its element or around it} */
    public boolean isSuppressed() {
        return !isError() && origin.suppressed().contains(message.findingName());
    }
}
