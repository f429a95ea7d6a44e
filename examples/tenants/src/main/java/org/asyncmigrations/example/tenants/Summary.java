package org.asyncmigrations.example.tenants;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The results of all tenants.
 *
 * @param results one for each tenant
 */
record Summary(List<Result> results) {
    /** {@return the worst exit code: 1 needs a person, 3 and 4 are worth another run, 0 means done} */
    int exitCode() {
        int highest = results.stream().mapToInt(Result::exitCode).max().orElse(0);
        return results.stream().anyMatch(result -> result.exitCode() == 1) ? 1 : highest;
    }

    /** {@return the tenants that need attention, and a line about all} */
    @Override
    public String toString() {
        String rest = results.stream()
                .filter(result -> result.exitCode() != 0)
                .map(result -> result + "\n")
                .collect(Collectors.joining());
        return (rest.isEmpty() ? "" : Result.HEADER + "\n" + rest) + totals();
    }

    private String totals() {
        String states = results.stream()
                .collect(Collectors.groupingBy(Result::state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        long rows = results.stream().mapToLong(Result::rows).sum();
        String tenants = results.size() == 1 ? "1 tenant" : results.size() + " tenants";
        return String.format(Locale.ROOT, "%s: %s; %,d rows%n", tenants, states, rows);
    }
}
