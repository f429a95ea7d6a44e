package org.asyncmigrations.testing;

import java.util.stream.Stream;
import org.asyncmigrations.By;
import org.asyncmigrations.Guarded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;

/** A second run does no harm, and {@code isDone()} tells the truth. */
final class Reruns {
    private final Subject subject;

    private Reruns(Subject subject) {
        this.subject = subject;
    }

    static Stream<DynamicNode> of(Subject subject) {
        Reruns reruns = new Reruns(subject);
        Stream<DynamicNode> twice = Stream.of(Suite.test(subject, "a second run changes nothing", reruns::twice));
        return reruns.isGuarded()
                ? Stream.concat(
                        twice,
                        Stream.of(Suite.test(
                                subject, "isDone() checks for all that migrate()" + " does", reruns::unguarded)))
                : twice;
    }

    private boolean isGuarded() {
        try {
            return subject.rehearsal().create(subject.entry()) instanceof Guarded;
        } catch (Exception unmakeable) {
            throw UserFailure.of("the constructor of " + subject.entry(), unmakeable);
        }
    }

    /** If work and record commit together, it never runs again. For all others the row may be deleted, and then they run again. */
    private void twice() throws Exception {
        subject.reset();
        subject.runAndCompare(Node.Options.PLAIN, "after a first run", "");
        boolean isRecorded = subject.entry().marker() == By.TRANSACTION;
        if (!isRecorded) {
            var migrations = subject.bench().stateTables().migrations();
            subject.bench().dsl().deleteFrom(migrations).execute();
        }
        subject.runAndCompare(
                Node.Options.PLAIN,
                "after a second run",
                "a second run must leave the rows unchanged, as @Idempotent(By."
                        + subject.entry().marker()
                        + ") promises: let migrate() compute values from other columns, and not add to what it has"
                        + " written; or leave out what is done, with pending() or isDone(); or, if it runs in one"
                        + " transaction, mark it By.TRANSACTION, which records it in that transaction");
    }

    /**
     * If isDone() returns true although migrate() has something to do, that work is never done. Code whose second run changes more
     * isn't judged, since isDone() may be its only guard.
     */
    private void unguarded() throws Exception {
        subject.reset();
        if (!subject.rehearsal().isDone(subject.entry())) {
            return;
        }
        Content first = migrated();
        if (first != null) {
            Content second = migrated();
            if (second == null || Difference.between(second, first).isEmpty()) {
                subject.fail(
                        Difference.between(first, subject.normal().content()),
                        "when migrate() is called",
                        "after the normal run",
                        "isDone() returns true before the attempt, so migrate() is not called; isDone() must check for"
                                + " all that migrate() does");
            }
        }
    }

    private @Nullable Content migrated() throws Exception {
        try {
            subject.rehearsal().migrate(subject.entry());
            return subject.bench().content();
        } catch (Exception refused) {
            return null;
        }
    }
}
