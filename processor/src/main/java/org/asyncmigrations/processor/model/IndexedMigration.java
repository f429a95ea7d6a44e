package org.asyncmigrations.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the source of a migration says and its class file does not: kept for the compiles that see the class file alone.
 *
 * @param fingerprint a hash of its code
 * @param suppressed the warnings that it does not want
 * @param parameters the names of each constructor's parameters with the annotations on their types, by their types as {@link #signature} writes them
 */
public record IndexedMigration(
        String fingerprint, SortedSet<String> suppressed, SortedMap<String, List<String>> parameters) {
    /** Of a class of which only the name is known. */
    public static final IndexedMigration NAME_ONLY =
            new IndexedMigration(RuntimeNames.UNKNOWN_FINGERPRINT, new TreeSet<>(), new TreeMap<>());

    /** The names of findings are words; what else is suppressed is other tools' business, and may be no word. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

    public IndexedMigration {
        suppressed = new TreeSet<>(suppressed);
        parameters = new TreeMap<>(parameters);
    }

    static IndexedMigration of(Migration migration) {
        SortedMap<String, List<String>> parameters = new TreeMap<>();
        for (Constructor constructor : migration.shape().constructors()) {
            if (!constructor.parameters().isEmpty()) {
                parameters.put(
                        signature(constructor),
                        constructor.parameters().stream()
                                .map(Parameter::indexed)
                                .toList());
            }
        }
        SortedSet<String> suppressed = migration.suppressed().stream()
                .filter(name -> WORD.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        return new IndexedMigration(migration.fingerprint(), suppressed, parameters);
    }

    /**
     * Gives back to a migration what its class file has lost.
     *
     * @param migration as its class file describes it
     * @return as its source does; a constructor that has changed since keeps the names that the class file has
     */
    Migration restore(Migration migration) {
        List<Constructor> constructors = migration.shape().constructors().stream()
                .map(constructor -> renamed(constructor, parameters.get(signature(constructor))))
                .toList();
        return new Migration(
                migration.className(),
                migration.declaration(),
                migration.secondPhase(),
                migration.marker(),
                migration.supertypes(),
                new Shape(
                        migration.shape().obstacles(),
                        constructors,
                        migration.shape().kotlin()),
                migration.content(),
                fingerprint,
                suppressed,
                migration.origin());
    }

    private static Constructor renamed(Constructor constructor, @Nullable List<String> names) {
        if (names == null || names.size() != constructor.parameters().size()) {
            return constructor;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.add(constructor.parameters().get(i).restored(names.get(i)));
        }
        return new Constructor(
                constructor.visible(),
                constructor.isPublic(),
                constructor.generic(),
                parameters,
                constructor.warnings(),
                constructor.origin());
    }

    /** {@code (java.time.Clock,int)}: one word, whatever the types are. */
    private static String signature(Constructor constructor) {
        return constructor.parameters().stream()
                .map(parameter -> parameter.type().toString().replace(" ", ""))
                .collect(Collectors.joining(",", "(", ")"));
    }
}
