package org.asyncmigrations.processor.journal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Explains why a file could not be read or written, without the path, which is in the message already. */
public final class Reason {
    private Reason() {}

    /** {@return the end of a sentence that begins with the path} */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "the compiler has no permission";
        }
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return "the system says: " + failure.getReason();
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return "the system says: "
                + Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
