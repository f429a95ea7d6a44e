package org.asyncmigrations.codegen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.codegen.Finding.Severity;

/** Collects the findings about a file's entries. Used by one thread. */
final class Findings {
    private final Path file;
    private final List<Finding> all = new ArrayList<>();

    Findings(Path file) {
        this.file = file;
    }

    void error(String name, Place place, String text) {
        add(Severity.ERROR, place, "[" + name + "] " + text);
    }

    void warning(String name, Place place, String text) {
        add(Severity.WARNING, place, "[" + name + "] " + text);
    }

    void note(Place place, String text) {
        add(Severity.NOTE, place, text);
    }

    private void add(Severity severity, Place place, String text) {
        // The format of compilers, so that editors and build servers find the place.
        String where = file + ":" + place.line() + ":" + place.column();
        all.add(new Finding(severity, where + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + text));
    }

    List<Finding> errors() {
        return of(Severity.ERROR);
    }

    List<Finding> warnings() {
        return of(Severity.WARNING);
    }

    List<Finding> notes() {
        return of(Severity.NOTE);
    }

    private List<Finding> of(Severity severity) {
        return all.stream().filter(finding -> finding.severity() == severity).toList();
    }
}
