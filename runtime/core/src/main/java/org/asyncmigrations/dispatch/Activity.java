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
 * Tells people what the migrations do, in the log and on the console that the builder names: a start, how far a walk is, why
 * something waits, how it ended. Each line names the application, and no line is repeated while nothing changes. Safe for threads.
 */
final class Activity {
    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);

    /** How often a walk says how far it is in the log: often enough to see that it goes on, and 360 lines an hour. */
    static final Duration LINE_EACH = Duration.ofSeconds(10);

    /** A bar that a person watches. */
    private static final Duration BAR_EACH = Duration.ofMillis(500);

    /** Several workers can take turns with as many reasons. */
    private static final int REASONS = 20;

    /** Events that another line tells, with more in it. */
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
     * @param name the application, or whatever tells this registry from others
     * @param output where lines go besides the log
     */
    Activity(String name, Settings.Output output, LongSupplier nanoTime) {
        this.name = name;
        this.console = output.progress() == null ? null : new ProgressBar(output.progress());
        this.quiet = output.quiet();
        this.nanoTime = nanoTime;
    }

    /** Says something of a migration that happened once. */
    void says(MigrationEntry entry, String what) {
        say(Level.INFO, entry + " " + what, null);
    }

    /** Says that a migration is done, with what it has done; its detail may tell the rows already. */
    void ended(MigrationEntry entry, MigrationStatus.Progress whole, @Nullable String detail, boolean tellsRows) {
        String time = whole.startedAt() == null || whole.finishedAt() == null
                ? ""
                : " " + BackfillPlan.written(Duration.between(whole.startedAt(), whole.finishedAt()))
                        + " after it started";
        String rows = tellsRows ? "" : number(whole.rowsDone()) + " rows changed" + (detail == null ? "" : "; ");
        says(entry, "is done" + time + ": " + rows + (detail == null ? "" : detail));
    }

    /** Says that an attempt failed; the cause is in the line, and its stack trace follows in the log unless it did the last time. */
    void failed(MigrationEntry entry, AttemptFailure written, String how, Throwable failure) {
        String cause = Failures.cause(failure);
        Told before = causes.put(entry.version(), new Told(cause, written.attempt()));
        boolean isKnown = before != null && before.cause().equals(cause);
        // Each range has attempts of its own, and a failed migration has a line of its own, which says all that our
        // exceptions do.
        boolean saysAll = failure instanceof NotRetried && failure.getCause() == null;
        boolean isTold = saysAll || isKnown && written.attempt() <= before.attempt();
        say(
                isTold ? Level.DEBUG : Level.WARN,
                entry + " failed " + how + ": " + cause,
                isKnown || saysAll ? null : Masked.failure(failure));
    }

    /** A failure as it was told last. */
    private record Told(String cause, int attempt) {}

    /** Says why something waits, unless that was said already and nothing has gone on since. */
    void waits(Level level, String reason) {
        // A time that is left changes with each look.
        waits(level, reason.replaceAll("\\d+(\\.\\d+)? (ms|s|min|h)\\b", "…"), reason);
    }

    /** The same for a text of which a part changes with each look. */
    void waits(Level level, String reason, String text) {
        synchronized (reasons) {
            if (reasons.put(reason, nanoTime.getAsLong()) != null) {
                return;
            }
        }
        say(level, text, null);
    }

    /** Something went on: a reason that comes back after a while is news, and one that comes and goes all the time is not. */
    void wentOn() {
        long recent = nanoTime.getAsLong() - LINE_EACH.toNanos();
        synchronized (reasons) {
            reasons.values().removeIf(saidAt -> saidAt - recent < 0);
        }
    }

    /** Says what an event tells that no other line does. */
    void happened(MigrationEvent event, String migration) {
        if (TOLD_OTHERWISE.contains(event.event())) {
            return;
        }
        // An order or new code: what fails after it is news.
        causes.remove(event.version());
        String detail = event.detail() == null
                ? ""
                : ": " + event.detail().lines().findFirst().orElse("");
        boolean isBad = event.event().equals("rejected");
        say(isBad ? Level.WARN : Level.INFO, migration + ": " + event.event() + detail, null);
    }

    /** {@return whether it is time to read how far a walk is} */
    boolean isDue(MigrationEntry entry) {
        return walks.computeIfAbsent(entry.version(), version -> new WalkReport())
                .isDue(nanoTime.getAsLong(), console == null || !console.isDrawn() ? LINE_EACH : BAR_EACH);
    }

    /** Says how far a walk is. */
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

    /** Says that a walk was begun, or is gone on with after an attempt that failed or an order. */
    void opened(MigrationEntry entry, boolean isFirst, long estimate) {
        joined.add(entry.version());
        String rows = estimate == 0 ? "" : ", the table has about " + number(estimate) + " rows";
        says(entry, isFirst ? "started" + rows : "goes on behind its last batch");
    }

    /** Says once that this instance takes part in a walk that another one has begun. */
    void joins(MigrationEntry entry) {
        if (joined.add(entry.version())) {
            says(entry, "goes on in this instance, behind its last batch");
        }
    }

    /** Says something that happened. */
    void say(Level level, String text, @Nullable Throwable failure) {
        log(level, text, failure);
        if (console != null && !level.equals(Level.DEBUG)) {
            console.line(name + ": " + text);
        }
    }

    /** Not by the fluent way, which loads classes of its own: a start with nothing to do says so too. */
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

    /** {@return a number with its thousands apart} */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
