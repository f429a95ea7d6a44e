package org.asyncmigrations.processor;

import java.util.List;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.model.Origin;

/**
 * Prints findings: the one place that does.
 *
 * @param messager the compiler's
 */
record Reporter(Messager messager) {
    /** What javac prints before it falls silent, unless {@code -Xmaxerrs} says otherwise. */
    private static final int SHOWN_BY_DEFAULT = 100;

    void print(List<Finding> findings) {
        int errors = 0;
        for (Finding finding : findings) {
            errors += finding.isError() ? 1 : 0;
            boolean lastShown = errors == SHOWN_BY_DEFAULT && finding.isError();
            print(finding, lastShown ? " (javac shows " + SHOWN_BY_DEFAULT + " errors; -Xmaxerrs shows more)" : "");
        }
    }

    private void print(Finding finding, String remark) {
        Diagnostic.Kind kind = finding.isError() ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING;
        Origin origin = finding.origin();
        if (origin.spot() != null) {
            origin.spot().say(kind == Diagnostic.Kind.ERROR, finding.text() + remark);
        } else {
            messager.printMessage(kind, finding.text() + remark, origin.element(), origin.annotation(), origin.value());
        }
    }
}
