package org.asyncmigrations.throttle;

import java.util.Objects;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A throttle that answers "not now", with what has happened as the reason, where another one throws, and that leaves no interrupt
 * behind. As safe for threads as that one is.
 *
 * @param throttle the throttle that is asked
 */
public record FailSafe(Throttle throttle) implements Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(FailSafe.class);

    /**
     * Checks that there is a throttle.
     *
     * @param throttle the throttle that is asked
     */
    public FailSafe {
        Objects.requireNonNull(throttle, "throttle");
    }

    /** {@return whether it is a share of the time, as {@link Throttles#load} makes it} */
    public boolean isLoad() {
        return throttle instanceof LoadShare;
    }

    @Override
    public Answer ask(ThrottleRun run) {
        boolean wasInterrupted = Thread.currentThread().isInterrupted();
        try {
            return Objects.requireNonNull(throttle.ask(run), "ask() may not return null");
        } catch (Throwable failure) {
            // An Error too: the migration that waits for the answer has nothing to do with it.
            LOG.debug("{}: {} could not be asked", run.migration(), name(), failure);
            return Answer.notNow(name() + " could not be asked: " + words(failure));
        } finally {
            // One that comes from the throttle would end the walk that it has just let go on.
            if (!wasInterrupted && Thread.interrupted()) {
                LOG.debug("{}: {} has left its thread interrupted", run.migration(), name());
            }
        }
    }

    /** An error's message alone ("com/example/Queue", or none) says little. */
    private static String words(Throwable failure) {
        boolean says = failure instanceof Exception && failure.getMessage() != null;
        return says ? Trouble.words(failure) : Masked.text(failure.toString());
    }

    /** A lambda has no name that says anything. */
    private String name() {
        Class<?> type = throttle.getClass();
        return type.isHidden() || type.isSynthetic() || type.isAnonymousClass()
                ? "a throttle"
                : "the throttle " + type.getSimpleName();
    }
}
