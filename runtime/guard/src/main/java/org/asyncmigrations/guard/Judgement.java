package org.asyncmigrations.guard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is thought of a statement, before it is asked whether somebody has accepted it.
 *
 * @param observed a sentence for each thing that was seen
 * @param safeWay empty if there is nothing to do better
 */
record Judgement(ScriptStatement statement, Verdict verdict, List<String> observed, List<String> safeWay) {
    /** Comes before a query that no row, or a count of 0, answers if all rows of the live database fit. */
    static final String ROW_FIT = "whether the live rows fit: ";

    static Judgement cannot(ScriptStatement statement, String reason) {
        return new Judgement(statement, Verdict.CANNOT_BE_JUDGED, List.of(reason), List.of());
    }

    Finding finding(LocalDate today, Optional<Running> running) {
        Acceptance.Answer answer = Acceptance.of(statement, verdict, today);
        if (answer.accepted().isEmpty() && verdict == Verdict.BREAKS_OLD_CODE) {
            Acceptance.Answer retired = Running.answer(statement, running);
            answer = new Acceptance.Answer(
                    retired.accepted(), retired.problem().isPresent() ? retired.problem() : answer.problem());
        }
        List<String> sentences = new ArrayList<>(observed);
        answer.problem().ifPresent(sentences::add);
        return new Finding(
                statement.file(), statement.line(), statement.text(), verdict, sentences, safeWay, answer.accepted());
    }
}
