package org.asyncmigrations.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asyncmigrations.guard.Migration.Code;

/** The statements that code sends, and what is to be said of the code as a whole. */
final class SentText {
    private final Code code;
    private final boolean mySql;
    private final List<Judgement> ofWhole = new ArrayList<>();

    SentText(Code code, boolean mySql) {
        this.code = code;
        this.mySql = mySql;
    }

    /** {@return the text as a statement with its place; empty if it is not to be judged} */
    Optional<ScriptStatement> read(String sql) {
        ScriptStatement whole = code.whole();
        List<ScriptStatement> all = ScriptReader.read(whole.file(), sql, mySql);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        ScriptStatement first = all.get(0);
        Optional<String> obstacle =
                all.stream().flatMap(each -> each.obstacle().stream()).findFirst();
        List<String> comments = new ArrayList<>(whole.comments());
        comments.addAll(first.comments());
        return code.place()
                .apply(new ScriptStatement(
                        whole.file(),
                        whole.line(),
                        all.size() == 1 ? first.text() : sql.strip(),
                        first.words(),
                        comments,
                        obstacle));
    }

    void cannot(String reason) {
        ofWhole.add(Judgement.cannot(code.whole(), reason));
    }

    /** {@return what was seen, and what could not be} */
    List<Judgement> complete(List<Judgement> seen) {
        List<Judgement> all = new ArrayList<>(seen);
        all.addAll(ofWhole);
        if (all.isEmpty()) {
            all.add(Judgement.cannot(
                    code.whole(), "it sent no statement through its connection, so there was nothing to check"));
        }
        return all;
    }
}
