package org.asyncmigrations.throttle;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours of the day, one case at a time; {@link TimeWindowMinutesTest} checks every minute. */
class TimeWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({"09:00,false", "21:59,false", "22:00,true", "23:59,true", "00:00,true", "05:59,true", "06:00,false"})
    void aWindowMayLieOverMidnight(LocalTime time, boolean open) {
        assertThat(night().isOpen(berlin("2026-11-22T" + time))).isEqualTo(open);
    }

    @Test
    void theReasonSaysWhenItOpens() {
        Answer answer = night().at(berlin("2026-11-22T12:00"));
        assertThat(answer.reason()).isEqualTo("open 22:00 to 06:00 Europe/Berlin, next on 2026-11-22 22:00");
        assertThat(answer.unhealthy()).isFalse();
        assertThat(night().at(berlin("2026-11-22T22:00"))).isEqualTo(Answer.goOn());
    }

    @ParameterizedTest
    @CsvSource({"12:00:00,60", "21:58:00,60", "21:59:20,40", "21:59:59,1"})
    void itIsAskedAgainInAMinuteAtMost(LocalTime time, long seconds) {
        assertThat(night().at(berlin("2026-11-22T" + time)).askAgainAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aWindowInTheHourThatIsLeftOutDoesNotOpen() {
        TimeWindow window = window("02:00", "03:00");
        Answer answer = window.at(berlin("2026-03-28T03:00"));
        assertThat(answer.reason()).isEqualTo("open 02:00 to 03:00 Europe/Berlin, next on 2026-03-30 02:00");
        TimeWindow sundays = window("02:00", "03:00", SUNDAY);
        assertThat(sundays.at(berlin("2026-03-22T03:00")).reason()).endsWith("on Sunday, next on 2026-04-05 02:00");
    }

    @Test
    void aWindowWhoseBeginningIsLeftOutOpensWhenTheClockIsSet() {
        TimeWindow window = window("02:30", "04:00");
        assertThat(window.nextOpening(berlin("2026-03-29T01:00"))).contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void theHourThatComesTwiceIsOpenTwice() {
        TimeWindow window = window("02:30", "03:00");
        assertThat(window.isOpen(Instant.parse("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(window.isOpen(Instant.parse("2026-10-25T01:00:00Z"))).isFalse();
        assertThat(window.nextOpening(Instant.parse("2026-10-25T01:00:00Z")))
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(window.isOpen(Instant.parse("2026-10-25T01:59:00Z"))).isTrue();
    }

    @Test
    void aNightBelongsToTheDayOnWhichItBegins() {
        TimeWindow fridays = window("22:00", "06:00", FRIDAY);
        assertThat(fridays.isOpen(berlin("2026-11-27T23:00"))).isTrue();
        assertThat(fridays.isOpen(berlin("2026-11-28T05:00"))).isTrue();
        assertThat(fridays.isOpen(berlin("2026-11-27T05:00"))).isFalse();
        assertThat(fridays.at(berlin("2026-11-28T23:00")).reason())
                .isEqualTo("open 22:00 to 06:00 Europe/Berlin on Friday, next on 2026-12-04 22:00");
    }

    @Test
    void equalTimesAreWholeDays() {
        TimeWindow weekend = window("00:00", "00:00", SUNDAY, SATURDAY);
        assertThat(weekend.isOpen(berlin("2026-11-28T00:00"))).isTrue();
        assertThat(weekend.isOpen(berlin("2026-11-29T23:59"))).isTrue();
        assertThat(weekend.at(berlin("2026-11-30T00:00")).reason())
                .isEqualTo("open 00:00 to 24:00 Europe/Berlin on Saturday, Sunday, next on 2026-12-05 00:00");
        assertThat(window("17:00", "17:00").isOpen(berlin("2026-11-28T16:59"))).isTrue();
    }

    @Test
    void itGoesByTheDatabasesClock() throws Exception {
        Throttle night = Throttles.timeWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN);
        Throttle other = Throttles.timeWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN, DayOfWeek.values());
        try (TestDatabase.Fresh fresh = TestDatabase.H2.fresh()) {
            assertThat(night.ask(at(fresh, "2026-11-22T12:00")).goesOn()).isFalse();
            assertThat(other.ask(at(fresh, "2026-11-22T23:00")).goesOn()).isTrue();
        }
    }

    private static AskedRun at(TestDatabase.Fresh fresh, String time) {
        return new AskedRun(fresh.dsl(), berlin(time), Duration.ZERO, Duration.ZERO);
    }

    private static TimeWindow night() {
        return window("22:00", "06:00");
    }

    private static TimeWindow window(String from, String to, DayOfWeek... days) {
        return new TimeWindow(LocalTime.parse(from), LocalTime.parse(to), BERLIN, Set.of(days));
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
