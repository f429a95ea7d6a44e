package org.asyncmigrations.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.asyncmigrations.ExpandContract.Sides;

/** Short stand-ins for names and declarations. Without state, and so safe for threads. */
final class StepHash {
    /** Hexadecimal digits in a name. */
    private static final int IN_NAMES = 8;

    private StepHash() {}

    /** {@return 16 digits for a declaration, by which what it has made is recognized} */
    static String of(SchemaText text, Sides sides, String old) {
        return of(sides.columns().stream()
                .map(one -> text.definition(SchemaText.column(one)) + "\n" + text.inline(one.value()))
                .collect(Collectors.joining("\n", old + "\n" + text.inline(sides.value()) + "\n", "")));
    }

    /** {@return 8 digits for a column of a table, for the names of its triggers} */
    static String ofColumn(String table, String column) {
        return of(table + "." + column).substring(0, IN_NAMES);
    }

    private static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, IN_NAMES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
