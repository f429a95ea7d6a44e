package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** If one of several throttles in {@code anyOf} says "go on", the work continues. */
class AnyOfTest {
    private static final Throttle GOES_ON = run -> Answer.goOn();
    private static final Throttle CLOSED =
            run -> Answer.notNow("the shop is open").askAgainAfter(Duration.ofMinutes(10));
    private static final Throttle BEHIND =
            run -> Answer.unhealthy("a standby is behind").askAgainAfter(Duration.ofSeconds(1));

    private static Answer ask(Throttle... throttles) throws Exception {
        return Throttles.anyOf(throttles).ask(AskedRun.after(Duration.ZERO, Duration.ZERO));
    }

    /** A throttle with a name. */
    private static final class Weather implements Throttle {
        @Override
        public Answer ask(ThrottleRun run) {
            throw new IllegalStateException("no sky");
        }
    }

    @Test
    void oneThatGoesOnIsEnoughWhereverItStands() throws Exception {
        assertThat(ask(GOES_ON, CLOSED)).isEqualTo(Answer.goOn());
        assertThat(ask(CLOSED, GOES_ON)).isEqualTo(Answer.goOn());
        assertThat(ask(BEHIND, CLOSED, GOES_ON)).isEqualTo(Answer.goOn());
    }

    @Test
    void againstAllOfThemItSaysWhatEachSaysAndAsksAgainWhenTheFirstMayHaveChanged() throws Exception {
        assertThat(ask(CLOSED, BEHIND))
                .isEqualTo(Answer.unhealthy("the shop is open; a standby is behind")
                        .askAgainAfter(Duration.ofSeconds(1)));
        assertThat(ask(BEHIND, CLOSED, BEHIND).reason()).isEqualTo("a standby is behind; the shop is open");
        assertThat(ask(BEHIND, CLOSED).askAgainAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ask(CLOSED, CLOSED)).isEqualTo(ask(CLOSED));
        assertThat(ask(CLOSED).unhealthy()).isFalse();
    }

    @Test
    void onesOwnTimeIsTheWorkersWhereOneSaysNoTime() throws Exception {
        Throttle some = run -> Answer.notNow("it is hot");
        assertThat(ask(CLOSED, some).askAgainAfter()).isZero();
    }

    @Test
    void oneThatThrowsSaysNotNowForItselfAlone() throws Exception {
        Throttle broken = run -> {
            throw new IllegalStateException("no scale");
        };
        assertThat(ask(new Weather(), GOES_ON)).isEqualTo(Answer.goOn());
        assertThat(ask(new Weather(), CLOSED, broken).reason())
                .startsWith("the throttle Weather could not be asked: ")
                .contains("no sky", "; the shop is open; a throttle could not be asked: ", "no scale");
    }

    @Test
    void noThrottleIsRefused() {
        assertThatThrownBy(Throttles::anyOf)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("anyOf needs at least one throttle");
    }
}
