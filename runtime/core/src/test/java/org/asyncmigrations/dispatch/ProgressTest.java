package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.asyncmigrations.batch.Stop;
import org.junit.jupiter.api.Test;

/** If a dispatch follows another one at once, the other's last step doesn't end it, and it doesn't lose its worker. */
class ProgressTest {
    private static Progress progress() {
        return new Progress(
                new Stop(),
                Mode.GATED,
                new Activity("shop", new Settings.Output(false, true, null), System::nanoTime),
                () -> Duration.ZERO);
    }

    @Test
    void whatAStepOfAnEarlierDispatchFindsDoesNotCount() {
        Progress progress = progress();
        progress.begin(Mode.GATED);
        long earlier = progress.dispatch();
        progress.begin(Mode.GATED);
        assertThat(progress.settled(earlier, Outcome.DONE, "all done")).isFalse();
        assertThat(progress.outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(progress.settled(progress.dispatch(), Outcome.DONE, "all done"))
                .isTrue();
        assertThat(progress.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aStepThatBeganBeforeTheEndDoesNotUndoIt() {
        Progress progress = progress();
        progress.begin(Mode.GATED);
        long slow = progress.dispatch();
        assertThat(progress.settled(progress.dispatch(), Outcome.DONE, "all done"))
                .isTrue();
        progress.runs(slow);
        progress.waits(slow, "waits for a claim");
        assertThat(progress.outcome()).isEqualTo(Outcome.DONE);
        progress.runs(progress.dispatch());
        assertThat(progress.outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void aWorkerThatIsStartedDuringItsLastStepWorksOn() throws Exception {
        Worker worker = Workers.own(4).worker();
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        worker.start(new IdleWork(1) {
            @Override
            public Step step(StopSignal stop) {
                if (steps.incrementAndGet() == 1) {
                    worker.start(this);
                } else {
                    second.countDown();
                }
                return new Step(Step.Kind.FINISHED, Duration.ZERO, "");
            }
        });
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        worker.close();
    }

    @Test
    void ofThreadsWithNothingToDoOneAsks() throws Exception {
        Duration poll = Duration.ofMillis(20);
        int threads = 4;
        CountDownLatch first = new CountDownLatch(threads);
        CountDownLatch further = new CountDownLatch(20);
        Work idle = new IdleWork(threads) {
            @Override
            public Step step(StopSignal stop) {
                if (first.getCount() > 0) {
                    first.countDown();
                } else {
                    further.countDown();
                }
                return new Step(Step.Kind.IDLE, poll, "");
            }
        };
        Worker worker = Workers.own(4).worker();
        worker.start(idle);
        first.await();
        long begun = System.nanoTime();
        further.await();
        worker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(poll.multipliedBy(15));
    }
}
