package org.asyncmigrations.state;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.LogContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews this instance's claims while work goes on between two fences, over its own connection. If a claim can't be renewed in
 * time, it is given up here before it expires in the database. Thread-safe.
 */
public final class ClaimRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimRenewal.class);

    private static final String POOL = " (a pool needs a connection for each thread, and one more)";

    private final StateStore store;
    private final Duration claimTime;
    private final LongSupplier nanoTime;
    private final Set<KeptClaim> kept = ConcurrentHashMap.newKeySet();
    private final Queue<Loss> unwritten = new ConcurrentLinkedQueue<>();
    private final List<Rounds.Round> rounds;
    private volatile boolean ended;

    /**
     * The renewal of an instance's claims.
     *
     * @param store the state tables
     * @param claimTime how long a claim lasts without renewal
     * @param rounds runs it while there are claims
     */
    public ClaimRenewal(StateStore store, Duration claimTime, Rounds rounds) {
        this.store = store;
        this.claimTime = claimTime;
        this.nanoTime = System::nanoTime;
        // Two rounds, since a renewal may wait long for a connection. The other one gives up in the meantime what
        // isn't renewed in time.
        this.rounds = List.of(
                rounds.round(() -> {
                    giveUp(claimTime.dividedBy(6).multipliedBy(5));
                    return interval();
                }),
                rounds.round(() -> {
                    tick();
                    return interval();
                }));
    }

    /**
     * The same with another stop watch, without threads, for tests.
     *
     * @param store the state tables
     * @param claimTime how long a claim lasts without renewal
     * @param nanoTime {@link System#nanoTime()}, or a time ahead of it
     */
    public ClaimRenewal(StateStore store, Duration claimTime, LongSupplier nanoTime) {
        this.store = store;
        this.claimTime = claimTime;
        this.nanoTime = nanoTime;
        this.rounds = List.of();
    }

    /**
     * Keeps a claim alive until it is closed.
     *
     * @param subject what the claim is on
     * @param renewal renews the claim, and returns whether it still held
     * @param statementTimeout how long a statement may take; if a worker's statement takes longer, its claim isn't renewed
     * @return the kept claim
     */
    public KeptClaim keep(KeptClaim.Subject subject, Predicate<StateTransaction> renewal, Duration statementTimeout) {
        KeptClaim claim = new KeptClaim(subject, renewal, statementTimeout, kept::remove, nanoTime);
        claim.renewedAt(subject.claim().since());
        kept.add(claim);
        rounds.forEach(round -> round.within(claimTime.dividedBy(6)));
        return claim;
    }

    /** A sixth of the claim time: a renewal is at most that late. {@return null if there are no claims} */
    private @Nullable Duration interval() {
        return ended || kept.isEmpty() && unwritten.isEmpty() ? null : claimTime.dividedBy(6);
    }

    /** Stops renewing claims. */
    public void end() {
        ended = true;
    }

    /** Renews claims that weren't renewed for a third of the claim time. Gives up those that couldn't be renewed for two thirds. */
    public void tick() {
        Duration most = claimTime.multipliedBy(2).dividedBy(3);
        giveUp(most);
        for (KeptClaim claim : kept) {
            lookAfter(claim, () -> {
                Duration age = claim.age();
                if (!ended && age.compareTo(claimTime.dividedBy(3)) >= 0 && !claim.isHung()) {
                    renew(claim);
                }
                giveUpAt(most, claim);
            });
        }
        writeDown();
    }

    private void giveUp(Duration most) {
        kept.forEach(claim -> lookAfter(claim, () -> giveUpAt(most, claim)));
    }

    private static void lookAfter(KeptClaim claim, Runnable work) {
        try (LogContext.Scope scope = claim.logContext().enter()) {
            assert scope != null;
            work.run();
        }
    }

    /**
     * Records why claims were lost. What can't be written now is written later: the pool that prevented the renewal may still be
     * exhausted.
     */
    private void writeDown() {
        for (Loss loss = unwritten.peek(); loss != null; loss = unwritten.peek()) {
            KeptClaim.Subject subject = loss.subject();
            String reason = loss.reason();
            try {
                store.transaction(tx -> {
                    LostClaims.record(tx, subject.version(), subject.claim().owner(), reason);
                    return null;
                });
                unwritten.remove();
            } catch (SQLException | DataAccessException failure) {
                LOG.debug("could not record yet why the claim on {} was lost: {}", subject.name(), failure.toString());
                return;
            }
        }
    }

    private record Loss(KeptClaim.Subject subject, String reason) {}

    /** Called both by the round that renews and by the one that doesn't wait for it. */
    private void giveUpAt(Duration most, KeptClaim claim) {
        if (!claim.isLost() && claim.age().compareTo(most) >= 0) {
            String reason = claim.reason();
            LOG.warn(
                    "the claim on {} is lost, and its work is cancelled: {}",
                    claim.subject().name(),
                    reason);
            claim.lose();
            unwritten.add(new Loss(claim.subject(), reason));
        }
    }

    private void renew(KeptClaim claim) {
        long before = nanoTime.getAsLong();
        claim.notRenewed("no connection, or no answer, so far" + POOL);
        try {
            if (store.transaction(claim::renew)) {
                claim.renewedAt(before);
            } else if (!claim.isClosed()) {
                LOG.info(
                        "another worker now has the claim on {}; its work is cancelled",
                        claim.subject().name());
                claim.lose();
            }
        } catch (SQLException | DataAccessException failure) {
            // The next tick tries again, until two thirds of the claim time have passed.
            String why = Trouble.words(failure) + POOL;
            claim.notRenewed(why);
            LOG.warn("the claim on {} was not renewed: {}", claim.subject().name(), why);
        }
    }
}
