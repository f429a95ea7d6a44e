package org.asyncmigrations.guard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the guard says about all statements of the scripts, in their order.
 *
 * @param statements one finding a statement, the harmless ones too
 */
public record Report(List<Finding> statements) {
    /**
     * Copies the list.
     *
     * @param statements one finding a statement, the harmless ones too
     */
    public Report {
        statements = List.copyOf(statements);
    }

    /** {@return what needs a decision: all that is worse than a short lock, and not accepted} */
    public List<Finding> findings() {
        return statements.stream().filter(Finding::isOpen).toList();
    }

    /** {@return the findings, and a line with the number of statements of each verdict} */
    @Override
    public String toString() {
        return findings().stream().map(Finding::toString).collect(Collectors.joining()) + count();
    }

    private String count() {
        long accepted = statements.stream()
                .filter(finding -> finding.accepted().isPresent())
                .count();
        StringBuilder line =
                new StringBuilder("%d statement%s".formatted(statements.size(), statements.size() == 1 ? "" : "s"));
        char before = ':';
        for (Verdict verdict : Verdict.values()) {
            long number = statements.stream()
                    .filter(finding -> finding.verdict() == verdict)
                    .count();
            if (number > 0) {
                line.append("%s %d %s".formatted(before, number, verdict.label()));
                before = ',';
            }
        }
        return line + (accepted > 0 ? "; %d accepted".formatted(accepted) : "") + "\n";
    }
}
