package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.fail;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks each minute of the days around a clock change against a list of the local times that a zone's clock shows while the window
 * is open.
 */
class TimeWindowMinutesTest {
    private static final int LOOKED_AT = 3 * 24 * 60;
    private static final int LISTED = LOOKED_AT + 16 * 24 * 60;
    private static final String[][] HOURS = {
        {"02:00", "03:00"},
        {"01:30", "02:30"},
        {"02:30", "02:45"},
        {"01:59", "02:01"},
        {"03:00", "04:00"},
        {"22:00", "06:00"},
        {"02:15", "02:00"},
        {"00:00", "00:00"},
        {"18:00", "00:00"}
    };

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "UTC"})
    void everyMinuteIsAsAClockOnTheWallShowsIt(String zone) {
        for (String[] hours : HOURS) {
            for (Set<DayOfWeek> days : weeks()) {
                TimeWindow window =
                        new TimeWindow(LocalTime.parse(hours[0]), LocalTime.parse(hours[1]), ZoneId.of(zone), days);
                isRightAround(window, settingOfTheClock(ZoneId.of(zone), "2026-01-01"));
                isRightAround(window, settingOfTheClock(ZoneId.of(zone), "2026-07-01"));
            }
        }
    }

    private static void isRightAround(TimeWindow window, Instant setting) {
        Instant first = setting.minus(36, ChronoUnit.HOURS);
        LocalDateTime origin = LocalDateTime.ofInstant(first, window.zone())
                .truncatedTo(ChronoUnit.DAYS)
                .minusDays(2);
        BitSet shown = shownWhileOpen(window, origin);
        Instant next = null;
        for (int minute = LISTED; minute >= 0; minute--) {
            Instant time = first.plus(Duration.ofMinutes(minute));
            boolean open = shown.get(minute(origin, LocalDateTime.ofInstant(time, window.zone())));
            if (minute < LOOKED_AT && !isRight(window, time, open ? null : next)) {
                fail("%s at %s: open %s, next %s", window, time, open, next);
            }
            next = open ? time : next;
        }
    }

    private static boolean isRight(TimeWindow window, Instant time, @Nullable Instant opens) {
        return opens == null
                ? window.isOpen(time)
                : !window.isOpen(time)
                        && window.nextOpening(time).filter(opens::equals).isPresent();
    }

    /** The minutes that the clock shows while the window is open, counted from the start of a day. */
    private static BitSet shownWhileOpen(TimeWindow window, LocalDateTime origin) {
        BitSet shown = new BitSet();
        origin.toLocalDate().datesUntil(origin.toLocalDate().plusDays(25)).forEach(day -> {
            LocalDateTime begin = day.atTime(window.from());
            LocalDateTime end = day.atTime(window.to());
            end = end.isAfter(begin) ? end : end.plusDays(1);
            if (window.days().isEmpty() || window.days().contains(day.getDayOfWeek())) {
                shown.set(minute(origin, begin), minute(origin, end));
            }
        });
        return shown;
    }

    private static int minute(LocalDateTime origin, LocalDateTime time) {
        return (int) ChronoUnit.MINUTES.between(origin, time);
    }

    private static Instant settingOfTheClock(ZoneId zone, String after) {
        Instant start = LocalDate.parse(after).atStartOfDay(zone).toInstant();
        var transition = zone.getRules().nextTransition(start);
        return transition == null ? start.plus(90, ChronoUnit.DAYS) : transition.getInstant();
    }

    private static Set<Set<DayOfWeek>> weeks() {
        return Set.of(Set.of(), EnumSet.of(DayOfWeek.SUNDAY), EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.MONDAY));
    }
}
