package org.asyncmigrations.processor.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of a class's code that stays the same when the code is only laid out anew, or the class renamed. */
final class Fingerprint {
    /** 128 bits: nobody looks for collisions here, and none comes by chance. */
    private static final int BYTES = 16;

    private Fingerprint() {}

    /** Of the text of a class. Its own name counts as one word whatever it is: classes may be renamed, versions never. */
    static String of(String text, String simpleName) {
        MessageDigest digest = sha256();
        for (Token token : Tokens.of(text)) {
            boolean own = token.kind() == Token.Kind.WORD && token.text().equals(simpleName);
            byte[] bytes = own ? new byte[0] : token.text().getBytes(StandardCharsets.UTF_8);
            digest.update((byte) token.kind().ordinal());
            // The length, so that no two sequences of tokens are the same bytes.
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
