package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.state.AttemptFailure;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.Transition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports what the migrations do, in the log and on the builder's console: that one starts, how far it has come, why it waits, how
 * it ended. Each line names the application. A line is repeated only after something has changed. Thread-safe.
 */
final class Activity {
    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);

    /** The time between two log lines about one walk: 360 lines an hour, and often enough to see progress. */
    static final Duration LINE_EACH = Duration.ofSeconds(10);

    /** The time between two updates of a progress bar, which a person watches. */
    private static final Duration BAR_EACH = Duration.ofMillis(500);

    /** The most reasons to remember. Several workers can wait for different reasons in turn. */
    private static final int REASONS = 20;

    /** Events that another, more detailed line reports. */
    private static final Set<String> TOLD_OTHERWISE = Set.of(
            Transition.READY.event(),
            Transition.START.event(),
            Transition.FINISH.event(),
            Transition.BACK_OFF.event(),
            Transition.FAIL.event(),
            Transition.GIVE_BACK.event(),
            "registered");

    private final String name;
    private final @Nullable ProgressBar console;
    private final boolean quiet;
    private final LongSupplier nanoTime;
    private final Map<Long, WalkReport> walks = new ConcurrentHashMap<>();
    private final Set<Long> joined = ConcurrentHashMap.newKeySet();
    private final Map<Long, Told> causes = new ConcurrentHashMap<>();
    private final Map<String, Long> reasons = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REASONS;
        }
    };

    /**
     * @param name the application, or another name that tells this registry from others
     * @param output where to print lines besides the log
     */
    Activity(String name, Settings.Output output, LongSupplier nanoTime) {
        this.name = name;
        this.console = output.progress() == null ? null : new ProgressBar(output.progress());
        this.quiet = output.quiet();
        this.nanoTime = nanoTime;
    }

    /** Reports something about a migration that happens once. */
    void says(MigrationEntry entry, String what) {
        say(Level.INFO, entry + " " + what, null);
    }

    /**
     * Reports that a migration is done, and what it did. With {@code tellsRows}, the detail already contains the number of rows.
     */
    void ended(MigrationEntry entry, MigrationStatus.Progress whole, @Nullable String detail, boolean tellsRows) {
        String time = whole.startedAt() == null || whole.finishedAt() == null
                ? ""
                : " " + BackfillPlan.written(Duration.between(whole.startedAt(), whole.finishedAt()))
                        + " after it started";
        String rows = tellsRows ? "" : number(whole.rowsDone()) + " rows changed" + (detail == null ? "" : "; ");
        says(entry, "is done" + time + ": " + rows + (detail == null ? "" : detail));
    }

    /**
     * Reports a failed attempt and its cause. The log also gets the stack trace, unless the previous failure had the same cause.
     */
    void failed(MigrationEntry entry, AttemptFailure written, String how, Throwable failure) {
        String cause = Failures.cause(failure);
        Told before = causes.put(entry.version(), new Told(cause, written.attempt()));
        boolean isKnown = before != null && before.cause().equals(cause);
        // Each range counts its own attempts. A failed migration gets another line, which contains our exceptions'
        // whole text.
        boolean saysAll = failure instanceof NotRetried && failure.getCause() == null;
        boolean isTold = saysAll || isKnown && written.attempt() <= before.attempt();
        say(
                isTold ? Level.DEBUG : Level.WARN,
                entry + " failed " + how + ": " + cause,
                isKnown || saysAll ? null : Masked.failure(failure));
    }

    /** A failure as last reported. */
    private record Told(String cause, int attempt) {}

    /** Reports why something waits, unless it was already reported and nothing has changed since. */
    void waits(Level level, String reason) {
        // The remaining time changes each time.
        waits(level, reason.replaceAll("\\d+(\\.\\d+)? (ms|s|min|h)\\b", "…"), reason);
    }

    /** The same, for a text of which a part changes each time. */
    void waits(Level level, String reason, String text) {
        synchronized (reasons) {
            if (reasons.put(reason, nanoTime.getAsLong()) != null) {
                return;
            }
        }
        say(level, text, null);
    }

    /**
     * Forgets old reasons, since work has continued. A reason that comes back after a while is reported again; one that comes and
     * goes all the time isn't.
     */
    void wentOn() {
        long recent = nanoTime.getAsLong() - LINE_EACH.toNanos();
        synchronized (reasons) {
            reasons.values().removeIf(saidAt -> saidAt - recent < 0);
        }
    }

    /** Reports an event that no other line reports. */
    void happened(MigrationEvent event, String migration) {
        if (TOLD_OTHERWISE.contains(event.event())) {
            return;
        }
        // After an order or new code, the next failure is reported in full.
        causes.remove(event.version());
        String detail = event.detail() == null
                ? ""
                : ": " + event.detail().lines().findFirst().orElse("");
        boolean isBad = event.event().equals("rejected");
        say(isBad ? Level.WARN : Level.INFO, migration + ": " + event.event() + detail, null);
    }

    /** {@return whether the progress of a walk should be read now} */
    boolean isDue(MigrationEntry entry) {
        return walks.computeIfAbsent(entry.version(), version -> new WalkReport())
                .isDue(nanoTime.getAsLong(), console == null || !console.isDrawn() ? LINE_EACH : BAR_EACH);
    }

    /** Reports the progress of a walk. */
    void walked(MigrationEntry entry, MigrationStatus.Progress progress) {
        WalkReport report = walks.get(entry.version());
        String text = report == null ? null : report.text(progress);
        if (report == null || text == null) {
            return;
        }
        if (console != null && console.isDrawn()) {
            console.draw(entry.simpleName(), progress.share(), text.replaceAll(" of about .* changed", ""));
        }
        if (report.isLineDue(progress)) {
            log(Level.INFO, entry + " is at " + text, null);
            if (console != null && !console.isDrawn()) {
                console.line(name + ": " + entry + " is at " + text);
            }
        }
    }

    /** Reports that a walk has started, or that it continues after a failed attempt or an order. */
    void opened(MigrationEntry entry, boolean isFirst, long estimate) {
        joined.add(entry.version());
        String rows = estimate == 0 ? "" : ", the table has about " + number(estimate) + " rows";
        says(entry, isFirst ? "started" + rows : "continues where it stopped");
    }

    /** Reports, once, that this instance joins a walk that another instance started. */
    void joins(MigrationEntry entry) {
        if (joined.add(entry.version())) {
            says(entry, "continues in this instance, after its last batch");
        }
    }

    /** Reports something that happened. */
    void say(Level level, String text, @Nullable Throwable failure) {
        log(level, text, failure);
        if (console != null && !level.equals(Level.DEBUG)) {
            console.line(name + ": " + text);
        }
    }

    /** Doesn't use the fluent API, which loads more classes: even a start with nothing to do logs a line. */
    private void log(Level level, String text, @Nullable Throwable failure) {
        Level at = quiet ? Level.DEBUG : level;
        if (at == Level.DEBUG) {
            LOG.debug("{}: {}", name, text, failure);
        } else if (at == Level.INFO) {
            LOG.info("{}: {}", name, text, failure);
        } else if (at == Level.WARN) {
            LOG.warn("{}: {}", name, text, failure);
        } else {
            LOG.error("{}: {}", name, text, failure);
        }
    }

    /** {@return a number with thousands separators} */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
