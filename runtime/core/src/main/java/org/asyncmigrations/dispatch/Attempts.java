package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.batch.Ended;
import org.asyncmigrations.batch.LockWatch;
import org.asyncmigrations.batch.Retries;
import org.asyncmigrations.batch.RetryLoop;
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.AttemptFailure;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.ClaimRenewal;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.asyncmigrations.state.StatusRows;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an attempt at a claimed migration: runs the user's code between claim and record, keeps the claim alive meanwhile, and
 * writes down how it ended. Safe for threads.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** How long a close waits for a migration in one piece: well within the half minute that platforms grant. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A statement's wait for a lock: below the server's deadlock timeout, and a second if rounded to whole ones. */
    private static final Duration LOCK = Duration.ofMillis(900);

    private final Set<KeptClaim> running = ConcurrentHashMap.newKeySet();
    private final StateStore store;
    private final Settings settings;
    private final ClaimRenewal renewal;
    private final Stop stop;
    private final OldSessions oldSessions;
    private final RetryLoop loop;
    private final Brakes brakes;

    Attempts(
            StateStore store,
            Settings settings,
            ClaimRenewal renewal,
            Stop stop,
            OldSessions oldSessions,
            RetryLoop loop,
            Brakes brakes) {
        this.loop = loop;
        this.brakes = brakes;
        this.store = store;
        this.settings = settings;
        this.renewal = renewal;
        this.stop = stop;
        this.oldSessions = oldSessions;
    }

    /** What an attempt does on its session, up to the commit. */
    @FunctionalInterface
    interface Body {
        /**
         * Does it.
         *
         * @param session the session, with no transaction begun
         * @param kept the claim, to be told of the user's work
         * @return whether the claim still held
         */
        boolean on(Session session, KeptClaim kept) throws Exception;
    }

    /** Makes an attempt; what goes wrong with the database alone is tried again without using it up. */
    void make(Claimed claimed, Body body) {
        make(claimed, settings.times().statement(), body);
    }

    /**
     * The same with another time for its statements.
     *
     * @param statement how long one may take before its worker counts as hung; zero for any time
     */
    void make(Claimed claimed, Duration statement, Body body) {
        long version = claimed.entry().version();
        Duration claimTime = settings.times().claim();
        try (KeptClaim kept = renewal.keep(
                new KeptClaim.Subject(claimed.entry().toString(), version, claimed.claim()),
                tx -> MigrationClaims.renew(tx, version, claimed.claim(), claimTime),
                statement)) {
            running.add(kept);
            try (LockWatch.Look look =
                    loop.locks().look(claimed.entry(), claimed.claim().sessionName())) {
                assert look != null;
                loop.run(
                        new OneAttempt(claimed, body, kept),
                        kept,
                        Retries.inOnePiece(settings.times().giveWay()));
            } finally {
                running.remove(kept);
                brakes.hindered(claimed.entry(), null);
            }
        }
    }

    /** One attempt: used by one thread. */
    private final class OneAttempt implements RetryLoop.Task {
        private final Claimed claimed;
        private final Body body;
        private final KeptClaim kept;

        OneAttempt(Claimed claimed, Body body, KeptClaim kept) {
            this.claimed = claimed;
            this.body = body;
            this.kept = kept;
        }

        @Override
        public MigrationEntry entry() {
            return claimed.entry();
        }

        @Override
        public Claim claim() {
            return claimed.claim();
        }

        @Override
        public Ended on(Session session) throws Exception {
            // A close that came between the claim and here has not seen this attempt.
            if (stop.isToEnd()) {
                return stopped();
            }
            if (!held(session)) {
                session.rollback();
                activity().says(claimed.entry(), "lost its claim; nothing of this attempt was committed");
                return Ended.LOST;
            }
            return Ended.DONE;
        }

        /** An interrupt that user code leaves behind would end each further wait of this thread at once. */
        private boolean held(Session session) throws Exception {
            try {
                return body.on(session, kept);
            } finally {
                if (Thread.interrupted()) {
                    LOG.debug("{} has left its thread interrupted", claimed.entry());
                }
            }
        }

        private Ended stopped() {
            giveBack(claimed);
            return Ended.STOPPED;
        }

        @Override
        public @Nullable Ended endsBy(Throwable failure) {
            if (!isGone(claimed, failure)) {
                return Ended.LOST;
            }
            if (stop.isToEnd()) {
                return stopped();
            }
            return failure instanceof AutoCommittedException ? failed(failure) : null;
        }

        /** Not so when the commit that nobody has confirmed has happened: the user's code does not run again for that. */
        @Override
        public boolean isStillOurs() throws SQLException {
            return store.transaction(tx -> MigrationClaims.renew(
                    tx,
                    claimed.entry().version(),
                    claimed.claim(),
                    settings.times().claim()));
        }

        @Override
        public boolean isToEnd() {
            return stop.isToEnd();
        }

        @Override
        public void await(Duration time) {
            stop.await(time);
        }

        @Override
        public Ended failed(Throwable failure) {
            Attempts.this.failed(claimed, failure);
            return Ended.FAILED;
        }
    }

    /**
     * Ends what is still under way after a while: an attempt in one piece has no batch's end to stop at.
     *
     * @param patience how long it may still take
     */
    void cancelAfter(Duration patience) {
        Thread thread = new Thread(
                () -> {
                    long deadline = System.nanoTime() + patience.toNanos();
                    while (!running.isEmpty() && System.nanoTime() < deadline) {
                        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    }
                    running.forEach(KeptClaim::cancelWork);
                },
                "async-migrations-close");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ends what this attempt may have left on the server: whoever tries again would wait for its locks, or, in auto-commit, work
     * beside it. {@return whether the migration may be tried again}
     */
    private boolean isGone(Claimed claimed, Throwable failure) {
        boolean transactional = claimed.entry().transactional();
        if (transactional && (stop.isToEnd() || Trouble.of(failure) != Trouble.CONNECTION)) {
            return true;
        }
        boolean gone = oldSessions.end(claimed.claim().owner());
        if (gone || transactional) {
            return true;
        }
        // The row names its worker: whoever takes over when the claim has expired ends the session first.
        LOG.warn("{} failed, and its session could not be ended yet; it is waited for", claimed.entry(), failure);
        return false;
    }

    /** Writes down that the attempt has failed. */
    void failed(Claimed claimed, Throwable failure) {
        AttemptFailure written = Failures.attempt(failure, "", claimed.attempt(), settings.maxAttempts());
        brakes.failed(claimed.entry(), written, "(" + Failures.count(written, settings.maxAttempts()) + ")", failure);
        failed(claimed, written);
    }

    void failed(Claimed claimed, AttemptFailure failure) {
        record(claimed, tx -> MigrationClaims.attemptFailed(tx, claimed.entry().version(), claimed.claim(), failure));
    }

    void giveBack(Claimed claimed) {
        record(claimed, tx -> MigrationClaims.giveBack(tx, claimed.entry().version(), claimed.claim()));
    }

    private void record(Claimed claimed, Function<StateTransaction, Boolean> verb) {
        try {
            if (!store.transaction(verb)) {
                activity().says(claimed.entry(), "lost its claim before the attempt's end was written down");
            }
        } catch (SQLException | DataAccessException unreachable) {
            // The claim expires, and the successor counts this attempt as one that died.
            LOG.warn("{}: the attempt's end could not be written down", claimed.entry(), Masked.failure(unreachable));
        }
    }

    /** {@return how many workers this instance has} */
    int threads() {
        return settings.threads();
    }

    /** {@return what tells people of the work} */
    Activity activity() {
        return brakes.activity();
    }

    /** Begins a transaction for work on a claimed migration. */
    void begin(Session session, Claimed claimed) throws SQLException {
        store.beginWork(session, limits(claimed));
    }

    /** Opens the way for the user's code, and has it cancelled when the claim is lost. */
    UserWork work(Session session, Claimed claimed, KeptClaim kept) throws SQLException {
        UserWork work = session.userWork(limits(claimed));
        kept.working(work);
        return work;
    }

    /** {@return whether the claim still holds; it is renewed, on the same connection, which may be the only one} */
    boolean isHeld(Session session, Claimed claimed) {
        return MigrationClaims.renew(
                store.within(session),
                claimed.entry().version(),
                claimed.claim(),
                settings.times().claim());
    }

    /** {@return what the work of a claimed migration may take} */
    Limits limits(Claimed claimed) {
        Settings.Times times = settings.times();
        // User code may think for as long as a statement may take; the claim is renewed meanwhile.
        return new Limits(
                times.lock().compareTo(LOCK) > 0 ? times.lock() : LOCK,
                times.statement(),
                times.statement(),
                // One piece takes as long as it takes.
                Duration.ZERO,
                claimed.claim().sessionName(),
                claimed.entry().mayChangeSchema(),
                false);
    }

    /** Reads what is needed before the work on a claimed migration, and leaves nothing behind. */
    void look(Claimed claimed, Consumer<DSLContext> reading) throws SQLException {
        try (Session session = store.connections().borrow()) {
            begin(session, claimed);
            try (UserWork work = session.userWork(limits(claimed))) {
                reading.accept(work.dsl());
            }
        }
    }

    /**
     * Ends a migration as the last statement of its work's transaction.
     *
     * @param rows rows changed that are not counted yet, told in the detail
     * @return whether the claim still held
     */
    boolean finish(Session session, Claimed claimed, @Nullable String detail, long rows) throws SQLException {
        StateTransaction tx = store.within(session);
        if (!MigrationClaims.finish(tx, claimed.entry().version(), claimed.claim(), detail, rows)) {
            return false;
        }
        MigrationStatus status = StatusRows.of(tx, claimed.entry().version());
        session.commit();
        if (status != null) {
            activity().ended(claimed.entry(), status.progress(), detail, rows > 0);
        }
        store.tell(tx);
        return true;
    }
}
