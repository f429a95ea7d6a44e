package org.asyncmigrations.throttle;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hours of the day in a zone's local time. An hour that occurs twice is open twice; one that is skipped doesn't open. A window over
 * midnight belongs to the day on which it begins. Immutable and thread-safe.
 *
 * @param from the first moment inside
 * @param to the first moment after it; before {@code from} for a window over midnight, equal for 24 hours
 * @param zone the time zone
 * @param days the days on which it begins; none for every day
 */
record TimeWindow(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days) {
    /** If a weekly window falls into a skipped hour, the next one is a week later: two weeks and a day always contain one. */
    private static final int DAYS_AHEAD = 15;

    /** The longest time until the next question, because clocks can be set. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    TimeWindow {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(zone, "zone");
        days = Set.copyOf(days);
    }

    /** The answer of a throttle with this window. */
    Answer at(Instant time) {
        if (isOpen(time)) {
            return Answer.goOn();
        }
        Optional<Instant> opens = nextOpening(time);
        Duration wait = opens.map(next -> Duration.between(time, next))
                .filter(left -> left.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
        return Answer.notNow(
                        this + opens.map(next -> ", next on " + written(next)).orElse(""))
                .askAgainAfter(wait);
    }

    boolean isOpen(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        boolean isAfterFrom = !local.toLocalTime().isBefore(from);
        boolean isBeforeTo = local.toLocalTime().isBefore(to);
        if (from.isBefore(to)) {
            return isAfterFrom && isBeforeTo && isOn(local.toLocalDate());
        }
        return isAfterFrom && isOn(local.toLocalDate())
                || isBeforeTo && isOn(local.toLocalDate().minusDays(1));
    }

    /** {@return the first moment inside the window after a moment outside; none only if a zone skips whole days} */
    Optional<Instant> nextOpening(Instant closed) {
        // A window can only open at its beginning, or when the clocks change.
        return Stream.of(beginnings(closed), clockSettings(closed))
                .flatMap(times -> times.filter(time -> time.isAfter(closed) && isOpen(time))
                        .limit(1))
                .min(Comparator.naturalOrder());
    }

    private Stream<Instant> beginnings(Instant closed) {
        LocalDate today = LocalDate.ofInstant(closed, zone);
        return today.datesUntil(today.plusDays(DAYS_AHEAD + 1)).flatMap(this::beginnings);
    }

    /** None if the clocks skip this time, two if it occurs twice. */
    private Stream<Instant> beginnings(LocalDate day) {
        LocalDateTime local = day.atTime(from);
        return zone.getRules().getValidOffsets(local).stream().map(local::toInstant);
    }

    private Stream<Instant> clockSettings(Instant closed) {
        Instant horizon = closed.plus(Duration.ofDays(DAYS_AHEAD));
        return Stream.iterate(
                        zone.getRules().nextTransition(closed),
                        setting -> setting != null && setting.getInstant().isBefore(horizon),
                        setting -> zone.getRules().nextTransition(setting.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
    }

    private boolean isOn(LocalDate day) {
        return days.isEmpty() || days.contains(day.getDayOfWeek());
    }

    private String written(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        return local.toLocalDate() + " " + local.toLocalTime();
    }

    /** {@return the window as shown in the status} */
    @Override
    public String toString() {
        String on = Arrays.stream(DayOfWeek.values())
                .filter(days::contains)
                .map(day -> day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String end = to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
        return "open " + from + " to " + end + " " + zone + (on.isEmpty() ? "" : " on " + on);
    }
}
