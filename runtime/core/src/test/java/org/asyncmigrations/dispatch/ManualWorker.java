package org.asyncmigrations.dispatch;

/** A worker that works when it is told to. Work is stepped by hand, and no test sleeps. */
public final class ManualWorker implements Worker {
    private Work work;
    private int starts;

    @Override
    public void attach(Work given) {
        work = given;
    }

    @Override
    public void start(Work given) {
        work = given;
        starts++;
    }

    @Override
    public void close() {
        // Nothing runs between two steps.
    }

    public Work work() {
        return work;
    }

    public Step.Kind step() {
        return work.step().kind();
    }

    public int starts() {
        return starts;
    }

    /** Steps until there is currently nothing to do. */
    public Step.Kind untilIdle() {
        Step.Kind step = Step.Kind.WORKED;
        for (int i = 0; step == Step.Kind.WORKED; i++) {
            if (i > 10_000) {
                throw new IllegalStateException("the work never ends");
            }
            step = step();
        }
        return step;
    }
}
