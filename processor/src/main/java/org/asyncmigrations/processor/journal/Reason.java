package org.asyncmigrations.processor.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, without the path, which the message has already. */
final class Reason {
    private Reason() {}

    static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "the compiler has no permission";
        }
        if (e instanceof NoSuchFileException) {
            return "it leads to a directory that is missing";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return "the system says: " + failure.getReason();
        }
        return "the system says: " + e.getClass().getSimpleName();
    }
}
