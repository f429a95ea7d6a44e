package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.Phase;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.batch.LockWatch;
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Postgres;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.schema.IndexBuiltElsewhereException;
import org.asyncmigrations.schema.SchemaDialect;
import org.asyncmigrations.schema.SchemaRefusedException;
import org.asyncmigrations.schema.SchemaStatement;
import org.asyncmigrations.schema.SchemaStatement.Way;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeptClaim;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link SchemaMigration}: asks the catalog what is left, sends the first statement of that, and asks again until nothing is
 * left. So whatever a killed attempt has done counts, and nothing else is remembered. Safe for threads.
 */
final class SchemaRun {
    /** How long a statement waits for its lock. Whoever comes behind it waits as long, and nobody notices that. */
    static final Duration LOCK = Duration.ofMillis(200);

    /** How long a statement that locks everybody out may take, and its transaction may be silent: a moment, on a busy server too. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    /** How often to look whether another session's index is complete, which takes minutes to hours. */
    private static final Duration BUILT_ELSEWHERE = Duration.ofSeconds(1);

    private final Attempts attempts;
    private final Brakes brakes;
    private final LockWatch locks;
    private final IndexProgress indexes;
    private final Settings settings;
    private final Stop stop;
    private final MigrationSet contents;

    /** What shows people how the work goes. */
    record Shown(Brakes brakes, LockWatch locks, IndexProgress indexes) {}

    SchemaRun(Attempts attempts, Shown shown, Settings settings, Stop stop, MigrationSet contents) {
        this.attempts = attempts;
        this.brakes = shown.brakes();
        this.locks = shown.locks();
        this.indexes = shown.indexes();
        this.settings = settings;
        this.stop = stop;
        this.contents = contents;
    }

    /** One attempt at a change. */
    private record Job(Claimed claimed, KeptClaim kept, SchemaChange change, SchemaSender sender) {}

    void run(Claimed claimed, SchemaMigration migration) {
        attempts.activity()
                .says(claimed.entry(), claimed.attempt() == 1 ? "started" : "started, attempt " + claimed.attempt());
        SchemaChange change;
        try {
            change = Objects.requireNonNull(migration.change(), "change() may not return null");
            requireFitting(claimed, change);
        } catch (Throwable failure) {
            attempts.failed(claimed, failure);
            return;
        }
        // An index of a large table takes hours, and blocks nobody.
        SchemaSender sender = new SchemaSender();
        attempts.make(
                claimed, Duration.ZERO, (session, kept) -> carryOut(session, new Job(claimed, kept, change, sender)));
    }

    private void requireFitting(Claimed claimed, SchemaChange change) {
        if (change.takesAway() && claimed.entry().phase() != Phase.AFTER_RELEASE) {
            throw new SchemaRefusedException(claimed.entry()
                    + " removes something that older instances may still use; annotate it @AfterRelease");
        }
        String dropped = dropped(change);
        List<String> retired = contents.retiredColumns(claimed.entry()).stream()
                .map(column -> column.name())
                .toList();
        if (dropped != null && !retired.isEmpty() && retired.stream().noneMatch(dropped::equalsIgnoreCase)) {
            throw new SchemaRefusedException(claimed.entry() + " drops column " + dropped
                    + ", but its @RetiresColumn names " + String.join(", ", retired)
                    + "; name the same column in both");
        }
    }

    private static @Nullable String dropped(SchemaChange change) {
        if (change instanceof ExpandContract.Contract contract) {
            return contract.sides().old().getName().replaceAll("[\"`]", "");
        }
        return change instanceof SchemaChange.DropColumn drop ? drop.column() : null;
    }

    private boolean carryOut(Session session, Job job) throws Exception {
        LockTries tries = new LockTries(settings.times().giveWay());
        SchemaStatement last = null;
        int sent = 0;
        boolean isLeft = true;
        boolean isBuiltElsewhere = false;
        while (isLeft) {
            if (stop.isToEnd()) {
                throw new IllegalStateException("this instance stops working");
            }
            try (LockWatch.Look look =
                    locks.look(job.claimed().entry(), job.claimed().claim().sessionName())) {
                List<SchemaStatement> left = job.sender().unsent(left(session, job));
                if (!left.isEmpty()) {
                    SchemaStatement next = left.get(0);
                    SchemaSender.requireEffect(next, last);
                    if (!send(session, job, next, left.size())) {
                        return false;
                    }
                    last = next;
                    sent++;
                }
                isLeft = !left.isEmpty();
                // Both: each is told that the lock is there.
                if (tries.reset() | look.passes() | isBuiltElsewhere) {
                    brakes.waitsForLock(session, job.claimed().entry(), null);
                }
                isBuiltElsewhere = false;
            } catch (IndexBuiltElsewhereException built) {
                session.rollback();
                brakes.waitsForLock(session, job.claimed().entry(), "another session, " + built.getMessage());
                isBuiltElsewhere = true;
                stop.await(BUILT_ELSEWHERE);
            } catch (SQLException | RuntimeException failure) {
                session.rollback();
                if (!isPassing(Trouble.of(failure)) || session.isBroken()) {
                    throw failure;
                }
                waitForLock(session, job, tries.next(job.claimed().entry(), failure));
            }
            if (job.kept().isLost()) {
                return false;
            }
        }
        attempts.begin(session, job.claimed());
        return attempts.finish(session, job.claimed(), detail(job, sent), 0);
    }

    /** MariaDB's changes of a schema can be the victim of a deadlock. */
    private static boolean isPassing(Trouble trouble) {
        return trouble == Trouble.LOCK || trouble == Trouble.CONFLICT;
    }

    private static String detail(Job job, int sent) {
        String statements = sent == 0 ? "nothing was left to do" : sent + (sent == 1 ? " statement" : " statements");
        return "attempt " + job.claimed().attempt() + ", " + statements;
    }

    private void waitForLock(Session session, Job job, LockTries.Pause pause) {
        locks.meetsLock(job.claimed().entry());
        // From the second try on, a server that can tell shows who holds it.
        if (pause.isFirst() || !(session.product() instanceof Postgres)) {
            brakes.waitsForLock(session, job.claimed().entry(), "another session, " + pause.words());
        }
        stop.await(pause.time());
    }

    private List<SchemaStatement> left(Session session, Job job) throws SQLException {
        session.begin(limits(job.claimed()));
        try (UserWork work = session.userWork(limits(job.claimed()))) {
            job.kept().working(work);
            return SchemaDialect.of(work).left(job.change());
        } finally {
            session.rollback();
        }
    }

    /** {@return whether the claim held} */
    private boolean send(Session session, Job job, SchemaStatement statement, int left) throws Exception {
        if (statement.way() == Way.ALONE) {
            return sendAlone(session, job, statement, left);
        }
        Limits limits = statement.way() == Way.AT_ONCE ? limits(job.claimed(), MOMENT, MOMENT) : limits(job.claimed());
        session.begin(limits);
        try (UserWork work = session.userWork(limits)) {
            job.kept().working(work);
            job.sender().send(work, statement);
            // What may have taken hours is not undone because our own row is locked for a while.
            session.product().raiseLockTimeout(work.session(), Limits.STATE.lockTimeout());
            if (!attempts.isHeld(session, job.claimed())) {
                return false;
            }
        }
        session.commit();
        return true;
    }

    private boolean sendAlone(Session session, Job job, SchemaStatement statement, int left) throws Exception {
        try (UserWork work = session.userWork(limits(job.claimed()))) {
            job.kept().working(work);
            // A successor ends our session, and then claims: so this one is marked before the claim is looked at.
            if (!attempts.isHeld(session, job.claimed())) {
                return false;
            }
            try (IndexProgress.Watch watch = session.product() instanceof Postgres
                    ? indexes.watch(job.claimed().entry(), job.claimed().claim().sessionName())
                    : null) {
                assert watch != null || !(session.product() instanceof Postgres);
                job.sender().send(work, statement);
            }
            return true;
        } catch (SQLException | RuntimeException failure) {
            cleanUp(session, job, left, failure);
            throw failure;
        }
    }

    /** An index of PostgreSQL's that could not be built is there, is written to, and is read by nobody. */
    private void cleanUp(Session session, Job job, int left, Exception failure) {
        if (session.isBroken() || stop.isToEnd() || job.kept().isLost() || !(session.product() instanceof Postgres)) {
            return;
        }
        try {
            List<SchemaStatement> now = left(session, job);
            if (now.size() > left) {
                sendAlone(session, job, now.get(0), now.size());
            }
        } catch (Exception also) {
            failure.addSuppressed(also);
        }
    }

    private Limits limits(Claimed claimed) {
        return limits(claimed, Duration.ZERO, settings.times().statement());
    }

    private static Limits limits(Claimed claimed, Duration statement, Duration idle) {
        return new Limits(LOCK, statement, idle, Duration.ZERO, claimed.claim().sessionName(), true, false);
    }
}
