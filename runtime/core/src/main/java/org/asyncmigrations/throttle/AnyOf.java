package org.asyncmigrations.throttle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets the work go on if one of several throttles does. Thread-safe if they are.
 *
 * @param throttles asked in this order, until one says "go on"
 */
record AnyOf(List<FailSafe> throttles) implements Throttle {
    AnyOf {
        throttles = List.copyOf(throttles);
        if (throttles.isEmpty()) {
            throw new IllegalArgumentException("anyOf needs at least one throttle");
        }
    }

    @Override
    public Answer ask(ThrottleRun run) {
        List<Answer> against = new ArrayList<>();
        for (FailSafe throttle : throttles) {
            Answer answer = throttle.ask(run);
            if (answer.goesOn()) {
                return answer;
            }
            against.add(answer);
        }
        String reasons = against.stream().map(Answer::reason).distinct().collect(Collectors.joining("; "));
        boolean unhealthy = against.stream().anyMatch(Answer::unhealthy);
        Duration soonest = against.stream()
                .map(Answer::askAgainAfter)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Answer(reasons, unhealthy, soonest);
    }
}
