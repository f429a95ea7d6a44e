package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.dispatch.Step.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a step reports about the work. If the step looks at one migration, the report is passed on at once. If it looks at
 * several, their reports are combined at the end: running if one of them is, failed if one has failed and none is running, held
 * otherwise. Used by one thread.
 */
final class StepReport {
    private static final String GOES_ON = "the work continues";

    private final Progress progress;
    private final long dispatch;
    private final boolean ofMany;
    private final List<Item> all = new ArrayList<>();

    /** A report about one migration. The text is null if there is nothing to add to the outcome. */
    private record Item(
            Outcome outcome, boolean isForLater, @Nullable String text) {}

    StepReport(Progress progress, long dispatch, boolean ofMany) {
        this.progress = progress;
        this.dispatch = dispatch;
        this.ofMany = ofMany;
    }

    /** Nothing continues without an order. {@return whether the report was made, and is about the current dispatch} */
    boolean settled(Outcome outcome, String why) {
        return ofMany ? note(outcome, false, why) : progress.settled(dispatch, outcome, why);
    }

    /** Only what the mode leaves for later is left. {@return as {@link #settled}} */
    boolean leftForLater(String why) {
        return ofMany ? note(Outcome.HELD, true, why) : progress.leftForLater(dispatch, why);
    }

    /** It will continue without an order, after something else has happened. */
    void waits(String reason) {
        if (ofMany) {
            note(Outcome.RUNNING, false, reason);
        } else {
            progress.waits(dispatch, reason);
        }
    }

    /** The same, for a reason that is logged elsewhere. */
    void shows(String reason) {
        if (ofMany) {
            note(Outcome.RUNNING, false, reason);
        } else {
            progress.shows(dispatch, reason);
        }
    }

    /** Something is being done for it. */
    void runs() {
        if (ofMany) {
            progress.shows(
                    dispatch,
                    Stream.concat(Stream.of(GOES_ON), texts(Outcome.FAILED)).collect(joined()));
        } else {
            progress.runs(dispatch);
        }
    }

    /** It continues, and there is nothing to add. */
    void goesOn() {
        if (ofMany) {
            note(Outcome.RUNNING, false, null);
        }
    }

    /** {@return the number of reports so far} */
    int said() {
        return all.size();
    }

    private boolean note(Outcome outcome, boolean isForLater, @Nullable String text) {
        all.add(new Item(outcome, isForLater, text));
        return false;
    }

    /** Combines the reports. {@return how the step ends if it couldn't work on any migration} */
    Kind end() {
        boolean goesOn = all.stream().anyMatch(said -> said.outcome() == Outcome.RUNNING);
        boolean failed = all.stream().anyMatch(said -> said.outcome() == Outcome.FAILED);
        String text = Stream.of(texts(Outcome.RUNNING), texts(Outcome.FAILED), texts(Outcome.HELD), texts(Outcome.DONE))
                .flatMap(texts -> texts)
                .collect(joined());
        if (goesOn) {
            progress.waits(dispatch, text.isEmpty() ? GOES_ON : text);
        } else if (failed) {
            progress.settled(dispatch, Outcome.FAILED, text);
        } else if (all.stream().allMatch(Item::isForLater)) {
            return progress.leftForLater(dispatch, text) ? Kind.FINISHED : Kind.IDLE;
        } else {
            progress.settled(dispatch, Outcome.HELD, text);
        }
        return Kind.IDLE;
    }

    private Stream<String> texts(Outcome outcome) {
        return all.stream()
                .filter(said -> said.outcome() == outcome && said.text() != null)
                .map(said -> String.valueOf(said.text()));
    }

    private static Collector<CharSequence, ?, String> joined() {
        return Collectors.joining("; ");
    }
}
