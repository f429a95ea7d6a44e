package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The migrations of a module as the compiler leaves them for tools and for the release step: a line
 * {@code version phase fingerprint class} for each.
 *
 * @param text the file's text
 */
public record Catalog(String text) {
    private static final Home NOWHERE = new Home(
            "", List.of(), false, new Home.Setting("", Origin.BUILD), new Home.Setting("", Origin.BUILD), false);

    /**
     * Lists the migrations of a build.
     *
     * @param build the build
     * @return its catalog
     */
    public static Catalog of(Build build) {
        return new Catalog(build.migrations().stream()
                .map(migration -> String.join(
                                " ",
                                migration.version().separated(),
                                migration.declaration().phase().name(),
                                migration.fingerprint(),
                                migration.name())
                        + "\n")
                .collect(Collectors.joining()));
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
     * As much of the build as the rules about the journal ask for.
     *
     * @param journal the journal to check it against
     * @return the build
     * @throws IllegalArgumentException if the text isn't a catalog
     */
    public Build build(Journal journal) {
        List<Migration> migrations = text.lines().map(Catalog::migration).toList();
        return new Build(NOWHERE, migrations, List.of(), Modules.NONE, Options.NONE, Optional.of(journal));
    }

    private static Migration migration(String line) {
        List<String> fields = Arrays.asList(line.split(" "));
        if (fields.size() != 4) {
            throw new IllegalArgumentException("not a line of a catalog: " + line);
        }
        Version version = new Version(Long.parseLong(fields.get(0).replace("_", "")), true, Origin.BUILD);
        Phase phase = Phase.valueOf(fields.get(1));
        return new Migration(
                ClassName.get("", fields.get(3)),
                new Declaration(phase, version, "", List.of(), true, Origin.BUILD, Optional.empty(), Origin.BUILD),
                Optional.empty(),
                Optional.empty(),
                new Lineage(Kind.UNKNOWN, false, false, false),
                new Shape(Set.of(), List.of()),
                new Content(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of()),
                fields.get(2),
                Set.of(),
                Origin.BUILD);
    }
}
