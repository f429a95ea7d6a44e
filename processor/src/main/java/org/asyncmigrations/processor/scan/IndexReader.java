package org.asyncmigrations.processor.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.IndexText;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Reads the index that the build before this one has left among its classes.
 *
 * @param environment the compiler's
 */
public record IndexReader(ProcessingEnvironment environment) {
    /**
     * Reads it. To be called before it is written: no compiler hands out what it has handed out for writing.
     *
     * @param discovery what is compiled now
     * @return the index; where it cannot be read the names in the registry that was left; empty after a clean and where the
     *     compiler does not hand out such files
     */
    public Index read(Discovery discovery) {
        Index index = read();
        return index.equals(Index.EMPTY)
                ? new OldRegistries(environment.getElementUtils(), new OwnOutput(environment)).index(discovery)
                : index;
    }

    private Index read() {
        try {
            FileObject file =
                    environment.getFiler().getResource(StandardLocation.CLASS_OUTPUT, "", RuntimeNames.INDEX_FILE);
            try (InputStream bytes = file.openInputStream()) {
                return IndexText.parse(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException e) {
            // A missing file is an IOException or, in some compilers, null; a location that is not there a
            // RuntimeException.
            return Index.EMPTY;
        }
    }
}
