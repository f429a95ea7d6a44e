package org.asyncmigrations.throttle;

import java.util.Objects;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps a throttle. If it throws, the answer is "not now" with the failure as the reason. It also clears an interrupt that the
 * throttle leaves behind. Thread-safe if the throttle is.
 *
 * @param throttle the throttle to ask
 */
public record FailSafe(Throttle throttle) implements Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(FailSafe.class);

    /**
     * Requires a throttle.
     *
     * @param throttle the throttle to ask
     */
    public FailSafe {
        Objects.requireNonNull(throttle, "throttle");
    }

    /** {@return whether it is a share of the time, as from {@link Throttles#load}} */
    public boolean isLoad() {
        return throttle instanceof LoadShare;
    }

    @Override
    public Answer ask(ThrottleRun run) {
        boolean wasInterrupted = Thread.currentThread().isInterrupted();
        try {
            return Objects.requireNonNull(throttle.ask(run), "ask() must not return null");
        } catch (Throwable failure) {
            // Also for an Error: the migration that waits for the answer didn't cause it.
            LOG.debug("{}: {} could not be asked", run.migration(), name(), failure);
            return Answer.notNow(name() + " could not be asked: " + words(failure));
        } finally {
            // An interrupt left by the throttle would end the walk that it has just let go on.
            if (!wasInterrupted && Thread.interrupted()) {
                LOG.debug("{}: {} has left its thread interrupted", run.migration(), name());
            }
        }
    }

    /** An error's message alone ("com/example/Queue", or none) isn't clear enough, so its class is added. */
    private static String words(Throwable failure) {
        boolean says = failure instanceof Exception && failure.getMessage() != null;
        return says ? Trouble.words(failure) : Masked.text(failure.toString());
    }

    /** The class name of a lambda means nothing to a reader. */
    private String name() {
        Class<?> type = throttle.getClass();
        return type.isHidden() || type.isSynthetic() || type.isAnonymousClass()
                ? "a throttle"
                : "the throttle " + type.getSimpleName();
    }
}
