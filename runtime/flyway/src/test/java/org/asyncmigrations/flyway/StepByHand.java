package org.asyncmigrations.flyway;

import org.asyncmigrations.dispatch.Step;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.dispatch.Worker;

/** A worker that works when it is told to, and knows whether anybody has dispatched. */
final class StepByHand implements Worker {
    private Work work;
    private int starts;

    @Override
    public void start(Work given) {
        work = given;
        starts++;
    }

    @Override
    public void close() {
        // Nothing runs between two steps.
    }

    int starts() {
        return starts;
    }

    /** Steps until there is nothing to do at present. */
    void untilIdle() {
        for (int i = 0; work.step() == Step.WORKED; i++) {
            if (i > 1_000) {
                throw new IllegalStateException("the work never ends");
            }
        }
    }
}
