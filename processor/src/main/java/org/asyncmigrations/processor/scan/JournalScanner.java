package org.asyncmigrations.processor.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.journal.JournalReader;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;

/**
 * Reads the journal beside a class path: a released migration may lie in another module by now, or be compiled already.
 *
 * @param elements the compiler's
 */
record JournalScanner(Elements elements) {
    Journal scan(Path path, List<Migration> migrations) {
        Journal journal = JournalReader.read(path);
        Set<Long> here = migrations.stream().map(m -> m.version().value()).collect(Collectors.toSet());
        Set<Long> elsewhere = journal.lines().stream()
                .filter(line ->
                        !line.isRetired() && !here.contains(line.version().value()))
                .filter(this::isOnClassPath)
                .map(line -> line.version().value())
                .collect(Collectors.toSet());
        return journal.beside(elsewhere);
    }

    private boolean isOnClassPath(JournalLine line) {
        return find(line.className())
                .flatMap(DeclarationScanner::versions)
                .anyMatch(version ->
                        version.readable() && version.value() == line.version().value());
    }

    private Stream<TypeElement> find(String className) {
        return SourceVersion.isName(className)
                ? Optional.ofNullable(elements.getTypeElement(className)).stream()
                : Stream.empty();
    }
}
