package org.asyncmigrations.processor.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text form of an index: sorted lines, each with the class or package, the kind of fact, and the fact. Written and read only
 * by the same version of the processor.
 */
public final class IndexText {
    /** Changes with the format, so that what another version of the processor has written isn't read. */
    private static final String HEAD = "async-migrations index 1";
    /** Followed by the number of lines, so that a file that was cut off isn't read. */
    private static final String END = "end ";

    private static final String HOME = "home";
    private static final String FINGERPRINT = "fingerprint";
    private static final String CONSTRUCTOR = "constructor";
    private static final String SUPPRESSES = "suppresses";

    private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");
    /** A name, and the annotations on its type, each with its path into the type. */
    private static final Pattern PARAMETER = Pattern.compile(NAME + "(@([0-9]+/)*" + NAME + ")*");

    private static final Pattern HASH = Pattern.compile("-|[0-9a-f]{32}");

    private final SortedSet<String> packages = new TreeSet<>();
    private final SortedMap<String, String> fingerprints = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> suppressed = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, List<String>>> parameters = new TreeMap<>();

    private IndexText() {}

    /** {@return the text of an index} */
    public static String of(Index index) {
        List<String> lines = new ArrayList<>();
        index.packages().forEach(name -> lines.add(line(name, HOME)));
        index.migrations().forEach((name, known) -> {
            lines.add(line(name, FINGERPRINT, known.fingerprint()));
            known.suppressed().forEach(warning -> lines.add(line(name, SUPPRESSES, warning)));
            known.parameters()
                    .forEach((signature, names) ->
                            lines.add(line(name, CONSTRUCTOR, signature, String.join(" ", names))));
        });
        String body = lines.stream().sorted().map(line -> line + "\n").collect(Collectors.joining());
        return HEAD + "\n" + body + END + lines.size() + "\n";
    }

    /** {@return the index in a text; the empty one if a line is unknown or missing, because half an index is worse than none} */
    public static Index parse(String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        int end = lines.size() - 2;
        boolean whole = end >= 1
                && lines.get(0).equals(HEAD)
                && lines.get(end).equals(END + (end - 1))
                && lines.get(end + 1).isEmpty();
        IndexText read = new IndexText();
        return whole && lines.subList(1, end).stream().allMatch(read::read) ? read.index() : Index.EMPTY;
    }

    private static String line(String... words) {
        return String.join(" ", words);
    }

    private boolean read(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        String name = words.get(0);
        if (words.size() < 2 || !NAME.matcher(name).matches()) {
            return false;
        }
        if (words.get(1).equals(HOME)) {
            return words.size() == 2 && packages.add(name);
        }
        return words.size() >= 3 && read(name, words.get(1), words.get(2), words.subList(3, words.size()));
    }

    private boolean read(String name, String attribute, String value, List<String> names) {
        return switch (attribute) {
            case FINGERPRINT ->
                names.isEmpty() && HASH.matcher(value).matches() && fingerprints.put(name, value) == null;
            case SUPPRESSES ->
                names.isEmpty()
                        && suppressed
                                .computeIfAbsent(name, n -> new TreeSet<>())
                                .add(value);
            case CONSTRUCTOR ->
                !names.isEmpty()
                        && names.stream()
                                .allMatch(parameter ->
                                        PARAMETER.matcher(parameter).matches())
                        && parameters
                                        .computeIfAbsent(name, n -> new TreeMap<>())
                                        .put(value, names)
                                == null;
            default -> false;
        };
    }

    private Index index() {
        SortedMap<String, IndexedMigration> migrations = new TreeMap<>();
        fingerprints.forEach((name, fingerprint) -> migrations.put(
                name,
                new IndexedMigration(
                        fingerprint,
                        suppressed.getOrDefault(name, new TreeSet<>()),
                        parameters.getOrDefault(name, new TreeMap<>()))));
        return new Index(packages, migrations);
    }
}
