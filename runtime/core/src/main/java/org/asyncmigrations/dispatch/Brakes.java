package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.Brake;
import org.asyncmigrations.batch.Tunings;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.AttemptFailure;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusRows;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.FailSafe;
import org.asyncmigrations.throttle.Throttle;
import org.asyncmigrations.throttle.Throttles;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Asks the throttles, and shows their reasons in the status. Thread-safe. */
final class Brakes implements Brake {
    private static final Logger LOG = LoggerFactory.getLogger(Brakes.class);

    /**
     * A reason that comes and goes, such as that of a share of time, is shown all the time instead of being written each time. The
     * same applies to reasons that alternate.
     */
    private static final Duration SHOWN = Duration.ofSeconds(5);

    /** With a tuned load, a worker asks again after this time, since the load may have been tuned again. */
    private static final Duration TUNED_REST = Duration.ofSeconds(1);

    private static final String GAVE_WAY = "gives way to others that wait for locks of its batches";

    private final StateStore store;
    private final LongSupplier nanoTime;
    private final List<FailSafe> throttles;
    private final Progress progress;
    private final Tunings tunings;
    private final Activity activity;
    private final Map<Long, Shown> shown = new ConcurrentHashMap<>();

    /** Why throttles currently hold migrations. */
    private final Map<Long, String> holding = new ConcurrentHashMap<>();

    /** Why workers on migrations currently can't do anything. */
    private final Map<Long, String> hindering = new ConcurrentHashMap<>();

    /**
     * What the status shows about a migration.
     *
     * @param reason why it waits; null once it continues
     * @param writtenAt when this was written
     * @param saidAt when a reason was last given
     */
    private record Shown(@Nullable String reason, long writtenAt, long saidAt) {}

    Brakes(StateStore store, List<Throttle> throttles, Progress progress, Tunings tunings, LongSupplier nanoTime) {
        this.store = store;
        this.progress = progress;
        this.tunings = tunings;
        this.activity = progress.activity();
        this.nanoTime = nanoTime;
        this.throttles = throttles.stream().map(FailSafe::new).toList();
    }

    /**
     * Asks the throttles before a migration is claimed, before a table is checked at the end of its walk, and before a held
     * migration continues. {@return the reason to wait, null for none}
     */
    @Nullable
    String before(MigrationEntry entry, MigrationRow row, LastBatch last) throws SQLException {
        boolean isDue = row.state() == State.PENDING || row.walk().atEnd() || holding.containsKey(entry.version());
        boolean isShown = shown.containsKey(entry.version());
        if (!isDue
                || throttles.isEmpty()
                        && !isShown
                        && tunings.of(entry.version()).load() == null) {
            return null;
        }
        try (Session session = store.connections().borrow()) {
            Hold hold = ask(session, entry, last);
            return hold == null ? null : hold.reason();
        }
    }

    /** {@return what reports the work to people} */
    Activity activity() {
        return activity;
    }

    /** Shows why a migration that nobody has claimed waits. */
    void waits(MigrationEntry entry, String reason) throws SQLException {
        try (Session session = store.connections().borrow()) {
            show(session, entry, reason);
        }
    }

    /** {@return why a migration currently doesn't continue, null if it does} */
    @Nullable
    String reason(MigrationEntry entry) {
        String hindrance = hindering.get(entry.version());
        return hindrance == null ? holding.get(entry.version()) : entry + ": " + hindrance;
    }

    @Override
    public @Nullable Hold ask(Session session, MigrationEntry entry, LastBatch last) {
        Double load = tunings.of(session, entry.version()).load();
        for (FailSafe throttle : load == null ? throttles : with(load)) {
            Answer answer = answer(throttle, session, entry, last);
            String reason = answer.reason();
            if (reason != null) {
                holding.put(entry.version(), reason);
                show(session, entry, reason);
                boolean isLong = load != null
                        && throttle.isLoad()
                        && answer.askAgainAfter().compareTo(TUNED_REST) > 0;
                return new Hold(reason, answer.unhealthy(), isLong ? TUNED_REST : answer.askAgainAfter());
            }
        }
        String hindrance = hindering.get(entry.version());
        if (hindrance == null) {
            goesOn(session, entry);
        } else {
            holding.remove(entry.version());
            show(session, entry, hindrance);
        }
        return null;
    }

    /** {@return the throttles, with a tuned load instead of the builder's} */
    private List<FailSafe> with(double load) {
        List<FailSafe> tuned = new ArrayList<>(throttles);
        tuned.removeIf(FailSafe::isLoad);
        tuned.add(new FailSafe(Throttles.load(load)));
        return tuned;
    }

    @Override
    public void hindered(MigrationEntry entry, @Nullable String reason) {
        if (reason == null) {
            if (hindering.remove(entry.version()) != null) {
                progress.runs(progress.dispatch());
            }
        } else {
            hindering.put(entry.version(), reason);
            progress.hindered(progress.dispatch(), entry + ": " + reason);
        }
    }

    @Override
    public void hindered(Session session, MigrationEntry entry, String reason) {
        hindered(entry, reason);
        show(session, entry, reason);
    }

    @Override
    public void waitsForLock(Session session, MigrationEntry entry, @Nullable String blocker) {
        String reason = blocker == null ? null : StatusRows.LOCKED_BY + blocker;
        if (reason == null) {
            hindered(entry, null);
        } else {
            hindering.put(entry.version(), reason);
            progress.shows(progress.dispatch(), entry + ": " + reason);
            // What the blocker does, and for how long, changes each time.
            String who = blocker.substring(0, (blocker + ",").indexOf(','));
            activity.waits(Level.WARN, entry + " " + who, entry + " " + reason);
        }
        put(session, entry, reason);
    }

    @Override
    public void committed(Session session, MigrationEntry entry) {
        if (!activity.isDue(entry)) {
            return;
        }
        try {
            session.begin(Limits.STATE);
            MigrationStatus status = StatusRows.of(store.within(session), entry.version());
            session.commit();
            if (status != null) {
                activity.walked(entry, status.progress());
            }
        } catch (SQLException | DataAccessException failure) {
            session.rollback();
            LOG.debug("{}: its progress could not be read", entry, failure);
        }
    }

    @Override
    public void failed(MigrationEntry entry, AttemptFailure written, String how, Throwable failure) {
        activity.failed(entry, written, how, failure);
    }

    @Override
    public void warns(MigrationEntry entry, String what) {
        activity.say(Level.WARN, entry + ": " + what, null);
    }

    private Answer answer(FailSafe throttle, Session session, MigrationEntry entry, LastBatch last) {
        Answer answer;
        try (ThrottleQuestion question = new ThrottleQuestion(store, session, entry, last)) {
            answer = throttle.ask(question);
        }
        if (session.isBroken()) {
            // A lost connection is our problem. It says nothing about what the throttle was reading.
            String lost = "the connection was lost while a throttle was asked";
            throw new DataAccessException(lost, new SQLNonTransientConnectionException(lost, "08003"));
        }
        return answer;
    }

    @Override
    public void gaveWay(Session session, MigrationEntry entry) {
        show(session, entry, GAVE_WAY);
    }

    /** Shows the progress of work that has no batches. */
    void advances(Session session, MigrationEntry entry, String how) {
        progress.shows(progress.dispatch(), entry + ": " + how);
        put(session, entry, how);
    }

    private void goesOn(Session session, MigrationEntry entry) {
        holding.remove(entry.version());
        Shown before = shown.get(entry.version());
        if (before == null || before.reason() != null && isLongAgo(before.saidAt())) {
            put(session, entry, null);
        }
    }

    private void show(Session session, MigrationEntry entry, String reason) {
        Shown before = shown.get(entry.version());
        boolean isNew = before == null || before.reason() == null;
        if (before != null && !isNew && reason.equals(before.reason())) {
            // A reason that's gone when asked again isn't worth a line.
            activity.waits(Level.INFO, entry + ": " + reason);
        }
        if (isNew || !reason.equals(before.reason()) && isLongAgo(before.writtenAt())) {
            put(session, entry, reason);
        } else {
            shown.put(entry.version(), new Shown(before.reason(), before.writtenAt(), nanoTime.getAsLong()));
        }
    }

    private boolean isLongAgo(long nanos) {
        return nanoTime.getAsLong() - nanos > SHOWN.toNanos();
    }

    /** Writes what the status shows. A failure is only logged, and it is written again later. {@return whether it was written} */
    private boolean put(Session session, MigrationEntry entry, @Nullable String reason) {
        try {
            session.begin(Limits.STATE);
            MigrationRows.throttled(store.within(session), entry.version(), reason);
            session.commit();
            long now = nanoTime.getAsLong();
            shown.put(entry.version(), new Shown(reason, now, now));
            return true;
        } catch (SQLException | DataAccessException failure) {
            session.rollback();
            LOG.debug("{}: the reason that a throttle gave could not be recorded", entry, failure);
            return false;
        }
    }
}
