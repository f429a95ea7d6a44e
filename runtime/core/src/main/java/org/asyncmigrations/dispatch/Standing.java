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
 * What a step says of where the work stands. If it looks at one migration, that is said at once; if it looks at several, what is
 * said of each is put together at the end: the work goes on while one of them does, has failed if one has failed and no other goes
 * on, and is held otherwise. Used by one thread.
 */
final class Standing {
    private static final String GOES_ON = "the work goes on";

    private final Progress progress;
    private final long dispatch;
    private final boolean ofMany;
    private final List<Said> all = new ArrayList<>();

    /** What is said of one migration; no text if there is nothing to add to the outcome. */
    private record Said(
            Outcome outcome, boolean isForLater, @Nullable String text) {}

    Standing(Progress progress, long dispatch, boolean ofMany) {
        this.progress = progress;
        this.dispatch = dispatch;
        this.ofMany = ofMany;
    }

    /** Nothing goes on by itself. {@return whether that is said, and of the present dispatch} */
    boolean settled(Outcome outcome, String why) {
        return ofMany ? note(outcome, false, why) : progress.settled(dispatch, outcome, why);
    }

    /** Nothing is left but what the mode leaves for later. {@return as {@link #settled}} */
    boolean leftForLater(String why) {
        return ofMany ? note(Outcome.HELD, true, why) : progress.leftForLater(dispatch, why);
    }

    /** It goes on when something has passed that passes by itself. */
    void waits(String reason) {
        if (ofMany) {
            note(Outcome.RUNNING, false, reason);
        } else {
            progress.waits(dispatch, reason);
        }
    }

    /** The same, for a reason that has its own line already. */
    void shows(String reason) {
        if (ofMany) {
            note(Outcome.RUNNING, false, reason);
        } else {
            progress.shows(dispatch, reason);
        }
    }

    /** Something is done for it. */
    void runs() {
        if (ofMany) {
            progress.shows(
                    dispatch,
                    Stream.concat(Stream.of(GOES_ON), texts(Outcome.FAILED)).collect(joined()));
        } else {
            progress.runs(dispatch);
        }
    }

    /** It goes on, and there is nothing to add to that. */
    void goesOn() {
        if (ofMany) {
            note(Outcome.RUNNING, false, null);
        }
    }

    /** {@return how much has been said} */
    int said() {
        return all.size();
    }

    private boolean note(Outcome outcome, boolean isForLater, @Nullable String text) {
        all.add(new Said(outcome, isForLater, text));
        return false;
    }

    /** Says what all come to. {@return how the step ends if none of them could be worked on} */
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
        } else if (all.stream().allMatch(Said::isForLater)) {
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
