package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.OwnThreads;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

/** What a throttle answers if its value can't be read. */
class GaugeThrottleTest {
    private final Deque<Object> readings = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private GaugeThrottle throttle = new GaugeThrottle("the tide", this::next, nanos::get, Duration.ZERO);

    @Test
    void whatCanNeverBeReadIsOff() {
        readings.add(new UnreadableException("no gauge here"));
        assertThat(ask()).isEqualTo(Answer.goOn());
        later(3_600_000);
        assertThat(ask()).isEqualTo(Answer.goOn());
    }

    @Test
    void whatCouldBeReadAndCannotAnyMoreMeansNotNow() {
        readings.add(Answer.goOn());
        readings.add(new UnreadableException("the gauge is gone"));
        readings.add(Answer.goOn());
        assertThat(ask().goesOn()).isTrue();
        later(1_000);
        assertThat(ask().reason()).isEqualTo("the tide cannot be read: the gauge is gone");
        later(1_000);
        assertThat(ask().goesOn()).isTrue();
    }

    @Test
    void aFailureMeansNotNowFromTheFirstTimeOn() {
        readings.add(new DataAccessException("SQL [select]", new SQLException("connection refused", "08001")));
        readings.add(Answer.goOn());
        Answer answer = ask();
        assertThat(answer.reason()).isEqualTo("the tide cannot be read: connection refused");
        assertThat(answer.unhealthy()).isFalse();
        later(1_000);
        assertThat(ask().goesOn()).isTrue();
    }

    @Test
    void anAnswerIsKeptForASecond() {
        readings.add(Answer.unhealthy("flood"));
        readings.add(Answer.goOn());
        assertThat(ask()).isEqualTo(Answer.unhealthy("flood").askAgainAfter(Duration.ofSeconds(1)));
        later(999);
        assertThat(ask().reason()).isEqualTo("flood");
        later(1);
        assertThat(ask().goesOn()).isTrue();
    }

    @Test
    void nobodyWaitsLongForTheFirstReading() throws Exception {
        whileAnotherReads(() -> assertThat(askedInTime())
                .isEqualTo(Answer.notNow("the tide is being read by another worker")
                        .askAgainAfter(Duration.ofSeconds(1))));
        assertThat(ask().goesOn()).isTrue();
    }

    @Test
    void aFirstReadingThatIsSoonThroughIsWaitedForAndNotReadAgain() throws Exception {
        throttle = new GaugeThrottle("the tide", this::next, nanos::get, Duration.ofMinutes(1));
        CompletableFuture<Answer> waiting = new CompletableFuture<>();
        Thread second = new Thread(() -> waiting.complete(ask()));
        whileAnotherReads(() -> {
            second.start();
            while (second.getState() != Thread.State.TIMED_WAITING && second.isAlive()) {
                Thread.onSpinWait();
            }
        });
        assertThat(waiting.get(1, TimeUnit.MINUTES).goesOn()).isTrue();
        assertThat(readings).isEmpty();
    }

    @Test
    void theAnswerBeforeHoldsForFiveSecondsOfAReading() throws Exception {
        readings.add(Answer.goOn());
        assertThat(ask().goesOn()).isTrue();
        whileAnotherReads(() -> {
            later(4_999);
            assertThat(askedInTime().goesOn()).isTrue();
            later(1);
            assertThat(askedInTime().goesOn()).isFalse();
        });
    }

    /** Reads in another thread, a second after the previous answer, until the given questions have been asked. */
    private void whileAnotherReads(Runnable asked) throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        readings.add((Callable<Answer>) () -> {
            reads.countDown();
            assertThat(hangs.await(1, TimeUnit.MINUTES)).isTrue();
            return Answer.goOn();
        });
        later(1_000);
        CompletableFuture<Answer> other = CompletableFuture.supplyAsync(this::ask, new OwnThreads());
        assertThat(reads.await(1, TimeUnit.MINUTES)).isTrue();
        nanos.addAndGet(-Duration.ofSeconds(1).toNanos());
        try {
            asked.run();
        } finally {
            hangs.countDown();
        }
        assertThat(other.get(1, TimeUnit.MINUTES).goesOn()).isTrue();
    }

    private Answer askedInTime() {
        return CompletableFuture.supplyAsync(this::ask, new OwnThreads())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private Answer ask() {
        return throttle.ask(AskedRun.after(Duration.ZERO, Duration.ZERO));
    }

    private void later(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private Answer next(ThrottleRun run) throws Exception {
        Object reading = readings.remove();
        if (reading instanceof Exception failure) {
            throw failure;
        }
        return reading instanceof Callable<?> slow ? (Answer) slow.call() : (Answer) reading;
    }
}
