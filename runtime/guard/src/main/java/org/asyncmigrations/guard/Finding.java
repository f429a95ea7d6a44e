package org.asyncmigrations.guard;

import java.util.List;
import java.util.Optional;

/**
 * What the guard says about one statement.
 *
 * @param file the script
 * @param line where the statement begins, from 1
 * @param statement its text
 * @param verdict the worst of what was seen
 * @param observed what was seen, a sentence each
 * @param safeWay how to get there without blocking anyone: SQL, and comments for what isn't SQL; empty if it is safe as it is
 * @param accepted the reason for which it was accepted
 */
public record Finding(
        String file,
        int line,
        String statement,
        Verdict verdict,
        List<String> observed,
        List<String> safeWay,
        Optional<String> accepted) {
    private static final int WIDTH = 120;

    /**
     * Copies the lists.
     *
     * @param file the script
     * @param line where the statement begins, from 1
     * @param statement its text
     * @param verdict the worst of what was seen
     * @param observed what was seen, a sentence each
     * @param safeWay how to get there without blocking anyone
     * @param accepted the reason for which it was accepted
     */
    public Finding {
        observed = List.copyOf(observed);
        safeWay = List.copyOf(safeWay);
    }

    /** {@return whether somebody has to decide: it is worse than a short lock, and not accepted} */
    public boolean isOpen() {
        return verdict.needsDecision() && accepted.isEmpty();
    }

    /** {@return the finding as a report shows it} */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append("%s:%d: %s: %s\n".formatted(file, line, verdict.label(), shortened()));
        observed.forEach(sentence -> text.append("    %s\n".formatted(sentence)));
        accepted.ifPresent(reason -> text.append("    accepted: %s\n".formatted(reason)));
        if (!safeWay.isEmpty()) {
            text.append("    instead:\n");
            safeWay.forEach(sql -> text.append("        %s\n".formatted(sql)));
        }
        return text.toString();
    }

    private String shortened() {
        String oneLine = statement.replaceAll("\\s+", " ");
        return oneLine.length() <= WIDTH ? oneLine : oneLine.substring(0, WIDTH - 1) + "…";
    }
}
