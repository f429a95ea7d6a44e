package org.asyncmigrations.processor.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.journal.JournalReader;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;

/**
 * Reads the journal together with the class path: a released migration may be in another module now, or be compiled already. A
 * class file among this module's own classes whose source isn't in the build is a leftover, and nothing runs it.
 *
 * @param elements the compiler's utilities
 * @param output distinguishes this module's classes from others
 */
record JournalScanner(Elements elements, OwnOutput output) {
    Journal scan(Path path, List<Migration> migrations) {
        Journal journal = JournalReader.read(path);
        Set<Long> here = migrations.stream().map(m -> m.version().value()).collect(Collectors.toSet());
        ClassPath classPath = new ClassPath(elements);
        Set<Long> elsewhere = journal.lines().stream()
                .filter(line ->
                        !line.isRetired() && !here.contains(line.version().value()))
                .filter(line -> isIn(classPath, line))
                .map(line -> line.version().value())
                .collect(Collectors.toSet());
        return journal.beside(elsewhere);
    }

    private boolean isIn(ClassPath classPath, JournalLine line) {
        return classPath.find(line.className()).filter(type -> !output.hasFile(type)).stream()
                .flatMap(DeclarationScanner::versions)
                .anyMatch(version ->
                        version.readable() && version.value() == line.version().value());
    }
}
