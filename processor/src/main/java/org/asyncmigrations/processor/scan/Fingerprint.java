package org.asyncmigrations.processor.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.asyncmigrations.processor.scan.ClassText.Neighbour;

/** A hash of a class's code that stays the same if the code is only reformatted, or the class renamed. */
final class Fingerprint {
    /** 128 bits: nobody tries to create a collision, and an accidental one is out of the question. */
    private static final int BYTES = 16;

    /** Separates the class and each neighbour that it uses. It differs from each token's kind. */
    private static final byte BETWEEN = -1;

    private Fingerprint() {}

    /**
     * {@return the hash of a class, and of what it uses in its own file} The class's name and those around it are replaced by
     * placeholders: classes may be renamed, versions may not.
     */
    static String of(ClassText type) {
        MessageDigest digest = sha256();
        add(digest, Tokens.of(type.text()), type.names());
        for (List<Token> used : used(type)) {
            digest.update(BETWEEN);
            add(digest, used, type.names());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** {@return the neighbours that the class names, and those that these name, in the file's order} */
    private static Collection<List<Token>> used(ClassText type) {
        SortedMap<Integer, List<Token>> used = new TreeMap<>();
        Set<String> words = new HashSet<>();
        if (!type.neighbours().isEmpty()) {
            words.addAll(Tokens.words(Tokens.of(type.text())));
        }
        int before;
        do {
            before = used.size();
            for (int i = 0; i < type.neighbours().size(); i++) {
                Neighbour neighbour = type.neighbours().get(i);
                if (!used.containsKey(i) && !Collections.disjoint(words, neighbour.names())) {
                    List<Token> tokens = Tokens.of(neighbour.text());
                    used.put(i, tokens);
                    words.addAll(Tokens.words(tokens));
                }
            }
        } while (used.size() > before);
        return used.values();
    }

    private static void add(MessageDigest digest, List<Token> tokens, List<String> names) {
        for (Token token : tokens) {
            int own = token.kind() == Token.Kind.WORD ? names.indexOf(token.text()) : -1;
            // No word in source code consists of spaces.
            String text = own < 0 ? token.text() : " ".repeat(own);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            // With its length, so that two sequences of tokens never give the same bytes.
            digest.update(ByteBuffer.allocate(1 + Integer.BYTES + bytes.length)
                    .put((byte) token.kind().ordinal())
                    .putInt(bytes.length)
                    .put(bytes)
                    .array());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
