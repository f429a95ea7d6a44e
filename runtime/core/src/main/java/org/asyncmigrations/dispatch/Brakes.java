package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.Brake;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.FailSafe;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the throttles, and has the status show what they say. Safe for threads. */
final class Brakes implements Brake {
    private static final Logger LOG = LoggerFactory.getLogger(Brakes.class);

    /**
     * What holds work up again and again, as a share of time does, is shown all the while and not written each time; nor is each
     * of several reasons that take turns.
     */
    private static final Duration SHOWN = Duration.ofSeconds(5);

    private static final String GAVE_WAY = "gives way to others who wait for the locks of its batches";

    private final Logger log;
    private final StateStore store;
    private final LongSupplier nanoTime;
    private final List<FailSafe> throttles;
    private final Progress progress;
    private final Map<Long, Shown> shown = new ConcurrentHashMap<>();

    /** Why migrations are held at present. */
    private final Map<Long, String> holding = new ConcurrentHashMap<>();

    /** Why workers on migrations cannot do anything at present. */
    private final Map<Long, String> hindering = new ConcurrentHashMap<>();

    /** Who held the lock that was waited for last. */
    private final Map<Long, String> blockers = new ConcurrentHashMap<>();

    /** What the status shows of a migration, no reason once it goes on; when that was written, and when a reason was last said. */
    private record Shown(@Nullable String reason, long writtenAt, long saidAt) {}

    Brakes(StateStore store, Settings settings, Progress progress) {
        this.log = settings.log(LOG);
        this.store = store;
        this.progress = progress;
        this.nanoTime = settings::nanoTime;
        this.throttles = settings.throttles().stream().map(FailSafe::new).toList();
    }

    /**
     * Asks before a migration is claimed, before a table is looked over at the end of its walk, and before one that was held is
     * taken up again. {@return why not, null for no reason}
     */
    @Nullable
    String before(MigrationEntry entry, MigrationRow row, LastBatch last) throws SQLException {
        boolean isDue = row.state() == State.PENDING || row.walk().atEnd() || holding.containsKey(entry.version());
        boolean isShown = shown.containsKey(entry.version());
        if (!isDue || throttles.isEmpty() && !isShown) {
            return null;
        }
        try (Session session = store.connections().borrow()) {
            Hold hold = ask(session, entry, last);
            return hold == null ? null : hold.reason();
        }
    }

    /** Shows why a migration waits that nobody claims. */
    void waits(MigrationEntry entry, String reason) throws SQLException {
        try (Session session = store.connections().borrow()) {
            show(session, entry, reason);
        }
    }

    /** {@return why a migration does not go on at present, null when it does} */
    @Nullable
    String reason(MigrationEntry entry) {
        String hindrance = hindering.get(entry.version());
        return hindrance == null ? holding.get(entry.version()) : entry + ": " + hindrance;
    }

    @Override
    public @Nullable Hold ask(Session session, MigrationEntry entry, LastBatch last) {
        for (FailSafe throttle : throttles) {
            Answer answer = answer(throttle, session, entry, last);
            String reason = answer.reason();
            if (reason != null) {
                holding.put(entry.version(), reason);
                show(session, entry, reason);
                return new Hold(reason, answer.unhealthy(), answer.askAgainAfter());
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

    @Override
    public void hindered(MigrationEntry entry, @Nullable String reason) {
        if (reason == null) {
            if (hindering.remove(entry.version()) != null) {
                progress.runs(progress.dispatch());
            }
        } else {
            if (hindering.put(entry.version(), reason) == null) {
                log.warn("{}: {}", entry, reason);
            }
            progress.waits(progress.dispatch(), entry + ": " + reason);
        }
    }

    @Override
    public void waitsForLock(Session session, MigrationEntry entry, @Nullable String blocker) {
        String reason = blocker == null ? null : "waits for a lock that is held by " + blocker;
        if (reason == null) {
            hindered(entry, null);
        } else {
            hindering.put(entry.version(), reason);
            progress.waits(progress.dispatch(), entry + ": " + reason);
            // How long the other transaction is open changes with each look.
            String who = blocker.substring(0, (blocker + ",").indexOf(','));
            if (!who.equals(blockers.put(entry.version(), who))) {
                log.warn("{}: {}", entry, reason);
            }
        }
        put(session, entry, reason);
    }

    private Answer answer(FailSafe throttle, Session session, MigrationEntry entry, LastBatch last) {
        Answer answer;
        try (Question question = new Question(store, session, entry, last)) {
            answer = throttle.ask(question);
        }
        if (session.isBroken()) {
            // That it could not read says something of our connection, and nothing of what it was to find out.
            String lost = "the connection was lost while a throttle was asked";
            throw new DataAccessException(lost, new SQLNonTransientConnectionException(lost, "08003"));
        }
        return answer;
    }

    @Override
    public void gaveWay(Session session, MigrationEntry entry) {
        show(session, entry, GAVE_WAY);
    }

    private void goesOn(Session session, MigrationEntry entry) {
        holding.remove(entry.version());
        Shown before = shown.get(entry.version());
        if (before == null || before.reason() != null && isLongAgo(before.saidAt())) {
            write(session, entry, null);
        }
    }

    private void show(Session session, MigrationEntry entry, String reason) {
        Shown before = shown.get(entry.version());
        boolean isNew = before == null || before.reason() == null;
        if (isNew || !reason.equals(before.reason()) && isLongAgo(before.writtenAt())) {
            write(session, entry, reason);
        } else {
            shown.put(entry.version(), new Shown(before.reason(), before.writtenAt(), nanoTime.getAsLong()));
        }
    }

    private boolean isLongAgo(long nanos) {
        return nanoTime.getAsLong() - nanos > SHOWN.toNanos();
    }

    private void write(Session session, MigrationEntry entry, @Nullable String reason) {
        if (put(session, entry, reason) && reason != null) {
            log.info("{}: {}", entry, reason);
        }
    }

    /** What cannot be written is only not shown, and tried again. {@return whether it was written} */
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
            log.debug("{}: what the throttles say could not be written down", entry, failure);
            return false;
        }
    }
}
