package org.asyncmigrations.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;

/**
 * A build as its set of migrations: two builds with the same migrations in the same shape are one. Immutable, and so safe
 * for threads.
 *
 * @param hash of all its versions and fingerprints
 * @param versions what it contains, ascending, with commas between
 */
public record Build(String hash, String versions) {
    /** Half of SHA-256: far beyond chance, and short enough to be read out. */
    private static final int BYTES = 16;

    /**
     * The build of a catalog.
     *
     * @param entries its migrations, in the order of versions
     * @return the build
     */
    public static Build of(List<MigrationEntry> entries) {
        // What was retired this build cannot run: it does not contain it.
        List<MigrationEntry> contained =
                entries.stream().filter(entry -> !entry.isRetired()).toList();
        String content = contained.stream()
                .map(entry -> entry.version() + ":" + entry.fingerprint())
                .collect(Collectors.joining("\n"));
        String versions =
                contained.stream().map(entry -> Long.toString(entry.version())).collect(Collectors.joining(","));
        byte[] digest = sha256().digest(content.getBytes(StandardCharsets.UTF_8));
        return new Build(HexFormat.of().formatHex(digest, 0, BYTES), versions);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
