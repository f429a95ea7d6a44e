package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The migrations of a module, as the compiler writes them for tools and for the release step: a line
 * {@code version phase fingerprint class} for each, with the phase in the form of {@link RunPhase}, and with the registry at the end
 * if it is another module's. A migration whose class is gone has {@code retired} as its fingerprint, and at the end the release
 * that still has the class. {@code -} stands for what an included registry doesn't tell.
 */
public record Catalog(String text) {
    private static final Pattern LINE = Pattern.compile(
            "[0-9_]+ (ASYNC|AFTER_RELEASE)(,independent)? (-|[0-9a-f]+) [^ \\p{Cntrl}]+( [^ \\p{Cntrl}]+)?\n"
                    + "|[0-9_]+ (ASYNC|AFTER_RELEASE|-) " + JournalLine.RETIRED + "( [^ \\p{Cntrl}]+){2}\n");

    private static final Written UNSET = new Written("", Origin.BUILD);
    private static final RegistryPackage NOWHERE = new RegistryPackage(
            "", List.of(), false, UNSET, UNSET, UNSET, true, "", true, false, false, Optional.empty());

    /** {@return the catalog of the migrations of a build} */
    public static Catalog of(Build build) {
        Stream<String> own = build.migrations().stream()
                .map(migration ->
                        String.join(" ", migration.version().separated(), migration.code(), migration.name()));
        Stream<String> included = build.modules().runnable().stream()
                .flatMap(registry -> registry.code().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(CatalogLine.ORDER))
                        .map(entry -> String.join(
                                " ",
                                entry.getKey().separated(),
                                entry.getValue(),
                                entry.getKey().className(),
                                registry.name())));
        return new Catalog(Stream.of(own, included, retired(build))
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
    }

    private static Stream<String> retired(Build build) {
        Stream<String> own = build.retired().stream()
                .map(line -> retired(line.listed(), line.phase().name(), line.release()));
        Stream<String> included = build.modules().runnable().stream()
                .flatMap(registry -> registry.retired().stream().sorted(CatalogLine.ORDER))
                .map(listed -> retired(listed, RuntimeNames.UNKNOWN_FINGERPRINT, RuntimeNames.UNKNOWN_FINGERPRINT));
        return Stream.concat(own, included);
    }

    private static String retired(CatalogLine listed, String phase, String release) {
        return String.join(" ", listed.separated(), phase, JournalLine.RETIRED, listed.className(), release);
    }

    /** {@return the hash that proves a compile of exactly these migrations} */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * {@return as much of the build as the rules about the journal need}
     *
     * @throws IllegalArgumentException if the text isn't a catalog; the message names the wrong line
     */
    public Build build(Journal journal) {
        List<Migration> migrations = new ArrayList<>();
        Map<ClassName, Map<CatalogLine, String>> included = new LinkedHashMap<>();
        List<String> lines = text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
        for (int i = 0; i < lines.size(); i++) {
            try {
                read(lines.get(i), migrations, included);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + " is damaged", e);
            }
        }
        List<OtherRegistry> registries = new ArrayList<>();
        included.forEach((name, code) -> registries.add(registry(name, code)));
        Modules modules = new Modules(registries, List.of(), false);
        return new Build(NOWHERE, migrations, List.of(), modules, Options.NONE, Optional.of(journal));
    }

    private static void read(
            String line, List<Migration> migrations, Map<ClassName, Map<CatalogLine, String>> included) {
        String[] fields = line.strip().split(" ");
        // If the file was cut off, its last line has no end.
        if (!LINE.matcher(line).matches()) {
            throw new IllegalArgumentException(line);
        }
        long version = Long.parseLong(fields[0].replace("_", ""));
        if (fields[2].equals(JournalLine.RETIRED)) {
            return; // it is in the journal
        }
        if (fields.length == 4) {
            migrations.add(migration(version, RunPhase.parse(fields[1]).orElseThrow(), fields[2], fields[3]));
        } else {
            included.computeIfAbsent(ClassName.bestGuess(fields[4]), name -> new LinkedHashMap<>())
                    .put(new CatalogLine(version, fields[3]), fields[1] + " " + fields[2]);
        }
    }

    private static OtherRegistry registry(ClassName name, Map<CatalogLine, String> code) {
        List<CatalogLine> migrations = List.copyOf(code.keySet());
        return new OtherRegistry(name, true, Optional.empty(), true, migrations, code, List.of(), "", Origin.BUILD);
    }

    private static Migration migration(long number, RunPhase runPhase, String fingerprint, String className) {
        Version version = new Version(number, true, Origin.BUILD);
        return new Migration(
                ClassName.get("", className),
                new Declaration(
                        runPhase.phase(),
                        version,
                        "",
                        List.of(),
                        true,
                        Origin.BUILD,
                        Optional.empty(),
                        StartRule.AT_ONCE,
                        new Independence(runPhase.independent(), false, List.of(), Origin.BUILD),
                        Origin.BUILD),
                Optional.empty(),
                Optional.empty(),
                new SupertypeFacts(Kind.UNKNOWN, false, false, false),
                new Shape(Set.of(), List.of(), false),
                new Content(Optional.empty(), List.of()),
                fingerprint,
                Set.of(),
                Origin.BUILD);
    }
}
