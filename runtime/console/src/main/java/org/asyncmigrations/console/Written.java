package org.asyncmigrations.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.jspecify.annotations.Nullable;

/** Formats numbers, times and sentences. */
final class Written {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

    /** Reasons to wait that begin with a verb, whose subject is the migration. */
    private static final Pattern VERB = Pattern.compile("(is|waits|has|seals|holds|needs) .*", Pattern.DOTALL);

    private static final int MINUTE = 60;

    private Written() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String counted(long number, String one, String several) {
        return count(number) + " " + (number == 1 ? one : several);
    }

    /** {@return the share in percent, 100 only if it is complete} */
    static String percent(double share) {
        return share >= 1 ? "100 %" : String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1_000) / 10);
    }

    static String duration(Duration time) {
        if (time.toMillis() < 1_000) {
            return Math.max(0, time.toMillis()) + " ms";
        }
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toSeconds() < MINUTE
                ? time.toSeconds() + " s"
                : time.toMinutes() + " min" + (time.toSecondsPart() == 0 ? "" : " " + time.toSecondsPart() + " s");
    }

    /** Writes a moment in UTC. The script replaces it with the user's time zone, and keeps UTC in the tooltip. */
    static void time(Html html, Instant time) {
        String utc = UTC.format(time);
        html.element("time", utc, "datetime", time, "title", utc);
    }

    static void timeOrNone(Html html, @Nullable Instant time) {
        if (time == null) {
            html.element("span", "–", "class", "none");
        } else {
            time(html, time);
        }
    }

    /** Writes text, with the moments in it as {@code <time>} elements. */
    static void sentence(Html html, String text) {
        Matcher moment = INSTANT.matcher(text);
        int from = 0;
        while (moment.find()) {
            Instant at = instant(moment.group());
            if (at != null) {
                html.text(text.substring(from, moment.start()));
                time(html, at);
                from = moment.end();
            }
        }
        html.text(text.substring(from));
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException noSuchDay) {
            return null;
        }
    }

    /** {@return why a migration doesn't continue, as a sentence; null if it continues or has failed} */
    static @Nullable String why(MigrationStatus migration) {
        String reason = migration.waitsFor();
        MigrationStatus.Pace pace = migration.now().pace();
        if (migration.state() == State.FAILED || reason == null) {
            return null;
        }
        if (reason.equals(pace.throttled())) {
            return "It rests between two batches: " + reason;
        }
        String why = VERB.matcher(reason).matches() ? "It " + reason : capitalized(reason);
        if (!migration.paused() || pace.lockedBy() == null) {
            return why;
        }
        return why + (why.matches("(?s).*[.?!]") ? "" : ".")
                + " Its batch still runs and waits for a lock that is held by " + pace.lockedBy();
    }

    /** {@return why it waits, for a place whose heading says that it waits} */
    static @Nullable String whyShort(MigrationStatus migration) {
        String why = why(migration);
        return why == null ? null : capitalized(why.replaceFirst("^It (waits for )?", ""));
    }

    /** {@return the tuning in words} */
    static String tuning(Tuning tuning) {
        List<String> words = new ArrayList<>();
        if (tuning.workers() != null) {
            words.add("at most " + counted(tuning.workers(), "worker", "workers"));
        }
        if (tuning.load() != null) {
            words.add(Math.round(tuning.load() * 100) + " % of the time");
        }
        if (tuning.targetBatchTime() != null) {
            words.add("batches of " + duration(tuning.targetBatchTime()));
        }
        if (tuning.batchSize() != null) {
            words.add("at most " + counted(tuning.batchSize(), "row", "rows") + " a batch");
        }
        return words.isEmpty() ? tuning.toString() : String.join(", ", words);
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@return the text, cut to this length} */
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
