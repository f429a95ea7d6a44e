package org.asyncmigrations.codegen;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Entries of the file of retired columns are wrong; nothing has been generated. */
public final class RetiredColumnsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RetiredColumnsException(Path file, List<Finding> errors) {
        super(errors.stream()
                .map(Finding::text)
                .collect(Collectors.joining("\n", file + " has " + count(errors.size()) + ":\n", "")));
    }

    private static String count(int errors) {
        return errors == 1 ? "an error" : errors + " errors";
    }
}
