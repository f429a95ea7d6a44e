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
 * What the source of a migration has and its class file lacks: kept for compiles that see only the class file.
 *
 * @param fingerprint a hash of its code
 * @param suppressed the suppressed warnings
 * @param parameters the names of each constructor's parameters, with the annotations on their types, by {@link #signature}
 */
public record IndexedMigration(
        String fingerprint, SortedSet<String> suppressed, SortedMap<String, List<String>> parameters) {
    /** For a class of which only the name is known. */
    public static final IndexedMigration NAME_ONLY =
            new IndexedMigration(RuntimeNames.UNKNOWN_FINGERPRINT, new TreeSet<>(), new TreeMap<>());

    /** The names of findings are words. Other suppressed names belong to other tools and may have other characters. */
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
     * Adds to a migration what its class file lacks.
     *
     * @param migration the migration as its class file describes it
     * @return the migration as its source describes it; a constructor that has changed since keeps the names in the class file
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

    /** {@return the types of a constructor's parameters as one word, such as {@code (java.time.Clock,int)}} */
    private static String signature(Constructor constructor) {
        return constructor.parameters().stream()
                .map(parameter -> parameter.type().toString().replace(" ", ""))
                .collect(Collectors.joining(",", "(", ")"));
    }
}
