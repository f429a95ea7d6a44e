package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.Brake.LastBatch;
import org.asyncmigrations.dispatch.StateReader.Reading;
import org.asyncmigrations.dispatch.Step.Kind;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.product.UnsupportedProductException;
import org.asyncmigrations.release.GateKeeper;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.release.SchemaHistory;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.state.GateRows;
import org.asyncmigrations.state.MigrationRow.Hold;
import org.asyncmigrations.state.Operations;
import org.asyncmigrations.state.StartRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Finds the next thing to do and does it, one step at a time. Thread-safe: if several workers do so at once, the database decides.
 */
final class Stepper {
    private final Settings settings;
    private final StateReader reader;
    private final FailureNotice failures;
    private final Parts parts;
    private final Progress progress;
    private final WorkerShares shares = new WorkerShares();
    private boolean prepared;

    /** The parts of a stepper. */
    record Parts(StateStore store, Presence presence, Gating gating, Brakes brakes, Starts starts, Runs runs) {}

    /**
     * What decides whether after-release migrations may begin, and whether migrations may begin that require something of the
     * schema.
     */
    record Gating(GateKeeper keeper, Sealing sealing, SchemaHistory schema) {}

    Stepper(Settings settings, MigrationSet contents, Parts parts, Progress progress) {
        this.settings = settings;
        this.reader = new StateReader(parts.store(), new Order(contents.entries()));
        this.failures = new FailureNotice(parts.store());
        this.parts = parts;
        this.progress = progress;
    }

    Kind step() {
        if (progress.isStopped()) {
            return Kind.FINISHED;
        }
        long dispatch = progress.dispatch();
        try {
            prepare();
            requireWelcome();
            Reading reading = reader.read(progress.mode());
            Kind step = opensGates(reading.closed()) ? Kind.WORKED : perform(dispatch, reading);
            if (step == Kind.FINISHED) {
                reader.forget();
            }
            if (step == Kind.WORKED) {
                progress.changed();
            }
            return step;
        } catch (MigrationException unusable) {
            progress.settled(dispatch, Outcome.FAILED, Masked.text(String.valueOf(unusable.getMessage())));
            // The server won't become another product. Everything else may be fixed in the meantime.
            return unusable instanceof UnsupportedProductException ? Kind.FINISHED : Kind.IDLE;
        } catch (SQLException | DataAccessException failure) {
            unreachable(dispatch, failure);
        } catch (Throwable failure) {
            // A worker ends only when it is closed. This failure may be gone at the next poll.
            progress.activity().say(Level.ERROR, "a step failed, and will be repeated", Masked.failure(failure));
            progress.shows(dispatch, "a step failed, and will be repeated: " + Masked.text(failure.toString()));
        }
        return Kind.IDLE;
    }

    /** Creates the tables and this instance's row before the first work, and again if somebody has dropped them. */
    private synchronized void prepare() throws SQLException {
        if (!prepared) {
            parts.store().install();
            parts.presence().beat();
            parts.presence().tellRuntime();
            prepared = true;
        }
    }

    /** Refuses to work if this build could harm others, or others could harm it. The presence has already reported it. */
    private void requireWelcome() {
        String refusal = parts.presence().refusal();
        if (refusal != null) {
            throw new MigrationException(0, refusal, null);
        }
        MigrationException tooOld = parts.presence().tooOld();
        if (tooOld != null && !settings.gating().allowTooOld()) {
            throw tooOld;
        }
    }

    /** Checks gates in addition to all other work, so that a long step doesn't delay them. */
    private boolean opensGates(List<MigrationEntry> closed) throws SQLException {
        return progress.mode() == Mode.GATED && parts.gating().keeper().opens(closed);
    }

    private void unreachable(long dispatch, Exception failure) {
        SQLException refusal = Trouble.refusal(failure);
        if (Trouble.of(failure) == Trouble.DATA) {
            progress.settled(
                    dispatch,
                    Outcome.FAILED,
                    "the state tables contain an invalid value, written by hand: " + Trouble.words(failure)
                            + "; correct it, and the migrations continue, or delete the migration's row, and it runs"
                            + " again");
        } else if (refusal == null) {
            forgetDroppedTables(failure);
            progress.hindered(
                    dispatch,
                    "the database is currently unusable: "
                            + (Trouble.of(failure) == Trouble.FULL ? Trouble.lack(failure) : Trouble.words(failure)));
        } else {
            progress.settled(
                    dispatch,
                    Outcome.FAILED,
                    "the database refuses this user or connection: " + Masked.text(String.valueOf(refusal.getMessage()))
                            + "; the migrations begin once it accepts them");
        }
    }

    private synchronized void forgetDroppedTables(Exception failure) {
        prepared = prepared && !Trouble.isMissingTable(failure);
    }

    private Kind perform(long dispatch, Reading reading) throws SQLException {
        StepReport report = new StepReport(progress, dispatch, reading.nexts().size() > 1);
        List<NextAction> toDo = new ArrayList<>();
        Kind rest = null;
        for (NextAction next : reading.nexts()) {
            try (LogContext.Scope scope = next.logContext().enter()) {
                assert scope != null;
                rest = rests(report, next);
            }
            if (rest == null) {
                toDo.add(next);
            }
        }
        if (toDo.isEmpty()) {
            return reading.nexts().size() > 1 ? report.end() : Objects.requireNonNull(rest);
        }
        if (reading.isRemembered()) {
            // Remembered rows aren't enough to act on.
            return perform(dispatch, reader.readAll(progress.mode()));
        }
        reader.forget();
        Starts.Beside beside = new Starts.Beside(reading, toDo);
        for (NextAction next : shares.inTurn(toDo)) {
            int said = report.said();
            Kind step = act(report, next, beside);
            if (said == report.said()) {
                report.goesOn();
            }
            if (step == Kind.WORKED || reading.nexts().size() == 1) {
                return step;
            }
        }
        return report.end();
    }

    private Kind act(StepReport report, NextAction next, Starts.Beside beside) throws SQLException {
        shares.joins(next);
        try (LogContext.Scope scope = next.logContext().enter()) {
            assert scope != null;
            return acted(report, next, beside);
        } finally {
            shares.leaves(next);
        }
    }

    /** {@return how the step ends if there is nothing to do; null if there is} */
    private @Nullable Kind rests(StepReport report, NextAction next) throws SQLException {
        if (next instanceof NextAction.Settled settled) {
            boolean present = report.settled(settled.outcome(), settled.message());
            return settled.isFinal() && present ? Kind.FINISHED : Kind.IDLE;
        }
        if (next instanceof NextAction.Failed failed) {
            report.settled(Outcome.FAILED, failures.of(failed));
            return Kind.IDLE;
        }
        if (next instanceof NextAction.Wait wait) {
            report.waits(wait.reason());
            return Kind.IDLE;
        }
        if (next instanceof NextAction.BackOff pause) {
            report.shows(pause.entry() + " is tried again after a while");
            return Kind.IDLE;
        }
        if (next instanceof NextAction.Held held) {
            return held(report, held);
        }
        if (settings.threads() == 0) {
            return leaveToOthers(report);
        }
        String missing = missingSchema(next);
        if (missing != null) {
            report.waits(missing);
            return Kind.IDLE;
        }
        if (next instanceof NextAction.Run run && run.row().hold() == Hold.LIVE) {
            report.runs();
            report.goesOn();
            return Kind.IDLE;
        }
        return null;
    }

    private Kind acted(StepReport report, NextAction next, Starts.Beside beside) throws SQLException {
        if (next instanceof NextAction.Run run) {
            String written = stillWritten(run);
            if (written != null) {
                parts.brakes().waits(run.entry(), written);
                return held(report, MigrationEntry.written(run.entry().version()) + ": " + written);
            }
        }
        report.runs();
        if (next instanceof NextAction.Register register) {
            new Registration(parts.store(), parts.presence(), settings.newDatabase()).register(register);
            return Kind.WORKED;
        }
        if (next instanceof NextAction.Open open) {
            parts.store().transaction(tx -> GateRows.open(tx, open.row(), true, "MODE=after"));
            return Kind.WORKED;
        }
        if (next instanceof NextAction.Seal seal) {
            NextAction walk = parts.gating().sealing().next(seal, progress.mode() == Mode.GATED);
            return walk == null ? Kind.WORKED : sealing(report, walk, beside);
        }
        if (next instanceof NextAction.Ready ready) {
            parts.store().transaction(tx -> Operations.ready(tx, ready.row()));
            return Kind.WORKED;
        }
        if (next instanceof NextAction.OtherCode other) {
            return adopt(report, other);
        }
        NextAction.Run run = (NextAction.Run) next;
        if (!mayBegin(run)) {
            return Kind.WORKED;
        }
        LastBatch last = parts.runs().batches().lastBatch();
        String hold = parts.brakes().before(run.entry(), run.row(), last);
        Kind step = hold == null ? run(report, run, beside) : Kind.IDLE;
        String reason = step == Kind.IDLE ? parts.brakes().reason(run.entry()) : null;
        if (reason != null) {
            report.shows(reason);
        }
        return step;
    }

    private Kind sealing(StepReport report, NextAction walk, Starts.Beside beside) throws SQLException {
        Kind rest = rests(report, walk);
        return rest == null ? acted(report, walk, beside) : rest;
    }

    private Kind run(StepReport report, NextAction.Run run, Starts.Beside beside) throws SQLException {
        if (run.row().state() != State.PENDING) {
            return parts.runs().run(run.entry(), run.row());
        }
        Starts.Begun begun = parts.starts().claim(run, beside);
        StartRows.Refusal refusal = begun.refusal();
        if (refusal != null && refusal.isHeld()) {
            report.settled(Outcome.HELD, run.entry() + " " + refusal.why());
        } else if (refusal != null) {
            report.waits(run.entry() + " " + refusal.why());
        }
        return begun.claimed() == null ? Kind.IDLE : parts.runs().begin(begun.claimed(), begun.made());
    }

    private Kind leaveToOthers(StepReport report) throws SQLException {
        if (parts.presence().isAlone()) {
            report.settled(
                    Outcome.HELD,
                    "this instance does no work (threads is 0), and there is no other instance; the work begins when"
                            + " one with threads starts");
        } else {
            report.waits("the work is left to other instances; this one does none (threads is 0)");
        }
        return Kind.IDLE;
    }

    /** If the gate decides, reads the instances once more, after the gate was read as open and before anything is claimed. */
    private boolean mayBegin(NextAction.Run run) throws SQLException {
        boolean gated = progress.mode() == Mode.GATED && Order.isGated(run.entry());
        return !gated || run.row().gate().begun() || parts.gating().keeper().holdsOpen(run.entry(), run.row());
    }

    /** A gate may open at any time. What the mode leaves for later stays so during this dispatch. */
    private Kind held(StepReport report, NextAction.Held held) {
        boolean later = progress.mode() == Mode.BEFORE;
        List<String> reasons = new ArrayList<>();
        for (MigrationEntry entry : held.migrations()) {
            String reason = reason(entry, later);
            if (reason == null) {
                report.waits("the gate of " + entry + " is being checked");
                return Kind.IDLE;
            }
            reasons.add(MigrationEntry.written(entry.version()) + ": " + reason);
        }
        return held(report, String.join("; ", reasons));
    }

    private Kind held(StepReport report, String message) {
        boolean later = progress.mode() == Mode.BEFORE;
        boolean present = later ? report.leftForLater(message) : report.settled(Outcome.HELD, message);
        return later && present ? Kind.FINISHED : Kind.IDLE;
    }

    /** Null if another worker is about to report the reason. */
    private @Nullable String reason(MigrationEntry entry, boolean later) {
        if (entry.phase() == Phase.AFTER_RELEASE) {
            return later ? Order.LEFT_FOR_LATER : parts.gating().keeper().reason(entry.version());
        }
        return "waits for "
                + entry.after().stream().map(MigrationEntry::written).collect(Collectors.joining(", "));
    }

    /**
     * Why a backfill that keeps finding rows waits. While older instances run, they may write these rows, and more passes would be
     * wasted. With {@code MODE=after}, older instances are assumed to be gone.
     */
    private @Nullable String stillWritten(NextAction.Run run) throws SQLException {
        boolean asks = progress.mode() != Mode.AFTER && run.row().version() > 0;
        if (!asks || !parts.runs().batches().findsRowsAnew(run.row())) {
            return null;
        }
        String older = parts.gating().keeper().older(run.entry());
        return older == null
                ? null
                : "keeps finding new pending rows while " + older + "; continues once they are gone";
    }

    /** Why a migration waits for the schema. One that is running, or is retried in the middle, isn't asked about. */
    private @Nullable String missingSchema(NextAction next) throws SQLException {
        if (next instanceof NextAction.Ready ready) {
            return missingSchema(ready.entry());
        }
        return next instanceof NextAction.Run run && run.row().state() == State.PENDING
                ? missingSchema(run.entry())
                : null;
    }

    private @Nullable String missingSchema(MigrationEntry entry) throws SQLException {
        String reason = parts.gating().schema().waitsFor(entry);
        return reason == null ? null : entry + " " + reason;
    }

    private Kind adopt(StepReport report, NextAction.OtherCode other) throws SQLException {
        boolean adopted = parts.store()
                .transaction(tx -> mayAdopt(tx, other)
                        && Operations.adopt(
                                tx, other.row(), other.entry(), parts.presence().build()));
        if (adopted) {
            return Kind.WORKED;
        }
        report.waits(other.entry() + " is being worked on with a newer build's code");
        return Kind.IDLE;
    }

    /** A build that has a migration's code takes precedence over builds that have lost it. */
    private boolean mayAdopt(StateTransaction tx, NextAction.OtherCode other) {
        return other.row().code().fingerprint().equals(MigrationEntry.RETIRED)
                || parts.presence().isNewer(tx, other.row());
    }
}
