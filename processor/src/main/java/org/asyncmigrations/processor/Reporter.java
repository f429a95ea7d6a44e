package org.asyncmigrations.processor;

import java.util.List;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.model.Origin;

/** Prints findings. No other class does. */
final class Reporter {
    /** How many errors javac shows, unless {@code -Xmaxerrs} is set. */
    private static final int SHOWN_BY_DEFAULT = 100;

    private final Messager messager;
    private int errors;

    Reporter(Messager messager) {
        this.messager = messager;
    }

    void print(List<Finding> findings) {
        for (Finding finding : findings) {
            errors += finding.isError() ? 1 : 0;
            boolean lastShown = errors == SHOWN_BY_DEFAULT && finding.isError();
            print(finding, lastShown ? " (javac shows " + SHOWN_BY_DEFAULT + " errors; -Xmaxerrs shows more)" : "");
        }
    }

    private void print(Finding finding, String remark) {
        Diagnostic.Kind kind = finding.isError() ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING;
        Origin origin = finding.origin();
        if (origin.printer() != null) {
            origin.printer().accept(kind, finding.text() + remark);
        } else {
            messager.printMessage(kind, finding.text() + remark, origin.element(), origin.annotation(), origin.value());
        }
    }
}
