package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.dispatch.Step.Kind;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.state.InstanceRows;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the workers call. The first step creates the engine, which loads jOOQ's classes, so the caller of {@code dispatch()} doesn't
 * have to. Thread-safe.
 */
final class Steps implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final Instance instance;
    private final Progress progress;
    private final Worker worker;
    private final Runnable beating;
    private volatile long starts;
    private volatile long finished;

    /** @param beating starts the heartbeat, once */
    Steps(Instance instance, Worker worker, Runnable beating) {
        this.instance = instance;
        this.progress = instance.progress();
        this.worker = worker;
        this.beating = beating;
    }

    @Override
    public String name() {
        String chosen = instance.connections().stateSchema();
        return instance.contents().packageName() + (chosen == null ? "" : " [" + chosen + "]");
    }

    @Override
    public String build() {
        return instance.context().presence().build();
    }

    @Override
    public boolean isLive(String build) {
        try {
            return instance.context().store().transaction(tx -> InstanceRows.isLive(tx, build));
        } catch (SQLException | DataAccessException failure) {
            LOG.debug("could not check whether an instance of build {} is alive", build, failure);
            return true;
        }
    }

    @Override
    public boolean isStopped() {
        return progress.isStopped();
    }

    @Override
    public Step step(StopSignal stop) {
        long seen = starts;
        Kind kind = progress.isStopped() ? Kind.FINISHED : instance.closing().step(() -> stepped(stop));
        if (kind == Kind.FINISHED) {
            finished = seen;
            // There was another start since this step began. A job engine may have found its job busy, so it isn't
            // over.
            kind = seen == starts || progress.isStopped() ? Kind.FINISHED : Kind.WORKED;
        }
        return new Step(kind, kind == Kind.IDLE ? pollEvery() : Duration.ZERO, progress.message());
    }

    private Kind stepped(StopSignal stop) {
        Engine made;
        try {
            // An engine may run its job before any dispatch.
            beating.run();
            made = instance.engine();
        } catch (Throwable failure) {
            // Like a step, this doesn't throw: a worker ends only when it is closed.
            LOG.error("the work on the async migrations could not start", Masked.failure(failure));
            progress.hindered(
                    progress.dispatch(), "the work could not start; trying again: " + Masked.text(failure.toString()));
            return Kind.IDLE;
        }
        return progress.stop().inSlice(stop::isStopped, made.stepper()::step);
    }

    @Override
    public int threads() {
        return Math.max(1, instance.settings().threads());
    }

    @Override
    public Duration pollEvery() {
        return instance.settings().times().poll();
    }

    @Override
    public void awaitChange(Duration time) throws InterruptedException {
        progress.awaitChange(time);
    }

    @Override
    public void onChange(Runnable listener) {
        progress.onChange(listener);
    }

    /** Starts the worker. Not thread-safe: called under the dispatcher's monitor. */
    void start() {
        starts++;
        worker.start(this);
    }

    /** Stops the work, but not the instance. */
    void stop() {
        progress.stop().stop();
        progress.changed();
    }

    /** {@return whether this instance's worker has nothing left to do} */
    boolean isIdle() {
        return progress.outcome() != Dispatch.Outcome.RUNNING && (worker instanceof PoolWorker || finished == starts);
    }

    /** Called with each heartbeat. */
    void renew() {
        progress.longStep(instance.closing().longStep());
        try {
            if (finished != starts && !progress.isStopped() && !isDoneByOthers()) {
                worker.renew(this);
            }
        } catch (RuntimeException failure) {
            LOG.error("the worker could not renew its jobs; trying again with the next heartbeat", failure);
        }
    }

    /**
     * Whether other instances have finished all work. An engine may run all jobs there, and then no step of this instance would
     * notice.
     */
    private boolean isDoneByOthers() {
        long seen = starts;
        long dispatch = progress.dispatch();
        try {
            boolean done = !(worker instanceof PoolWorker)
                    && instance.steadyState()
                                    .ask(instance.contents().entries(), progress.mode())
                                    .finding()
                            == SteadyState.Finding.DONE
                    && progress.settled(dispatch, Dispatch.Outcome.DONE, "all migrations are done");
            finished = done ? seen : finished;
            return done;
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("the state of the migrations could not be read; trying again with the next heartbeat", failure);
            return false;
        }
    }
}
