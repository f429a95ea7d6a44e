package org.asyncmigrations.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text's hash of 32 characters, for columns that are compared or indexed. Stateless and thread-safe. */
public final class TextHash {
    /** Half of SHA-256: no collisions by chance, and short enough to be read aloud. */
    private static final int BYTES = 16;

    private TextHash() {}

    /**
     * The hash of a text.
     *
     * @param text any text
     * @return 32 of the digits 0-9 and a-f
     */
    public static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
