package org.asyncmigrations.guard;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment above a statement: {@code -- guard:accept blocks-writes until 2027-03-01 because the table has 200 rows}.
 *
 * @param verdict what is accepted, nothing milder and nothing worse
 * @param until the last day on which it counts
 * @param reason behind "because"
 */
record Acceptance(String verdict, LocalDate until, String reason) {
    private static final String MARK = "guard:accept";
    private static final Pattern FORM =
            Pattern.compile(MARK + "\\s+([\\w-]+)\\s+until\\s+([\\d-]+)\\s+because\\s+(.+)", Pattern.DOTALL);

    /** What the comments above a statement say about its verdict: accepted, or a sentence that says why not. */
    record Answer(Optional<String> accepted, Optional<String> problem) {}

    static Answer of(ScriptStatement statement, Verdict verdict, LocalDate today) {
        Answer last = new Answer(Optional.empty(), Optional.empty());
        for (String comment : statement.comments()) {
            if (comment.startsWith(MARK)) {
                last = parse(comment)
                        .map(acceptance -> acceptance.answer(verdict, today))
                        .orElse(refused("the acceptance above it cannot be read; its form is: -- guard:accept "
                                + verdict.label() + " until 2027-03-01 because …"));
            }
            if (last.accepted().isPresent()) {
                return last;
            }
        }
        return last;
    }

    private static Optional<Acceptance> parse(String comment) {
        Matcher form = FORM.matcher(comment);
        try {
            return form.matches()
                    ? Optional.of(new Acceptance(form.group(1), LocalDate.parse(form.group(2)), form.group(3)))
                    : Optional.empty();
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private Answer answer(Verdict seen, LocalDate today) {
        if (!verdict.equals(seen.label())) {
            return refused("the acceptance above it is for %s".formatted(verdict));
        }
        return today.isAfter(until)
                ? refused("the acceptance above it has expired on %s (%s)".formatted(until, reason))
                : new Answer(Optional.of("until %s, because %s".formatted(until, reason)), Optional.empty());
    }

    private static Answer refused(String why) {
        return new Answer(Optional.empty(), Optional.of(why));
    }
}
