package org.asyncmigrations.processor.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.IndexText;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Reads the index that the build before this one has left among its classes.
 *
 * @param filer the compiler's
 */
public record IndexReader(Filer filer) {
    /**
     * Reads it. To be called before it is written: no compiler hands out what it has handed out for writing.
     *
     * @return the index, empty after a clean and where the compiler does not hand out such files
     */
    public Index read() {
        try {
            FileObject file = filer.getResource(StandardLocation.CLASS_OUTPUT, "", RuntimeNames.INDEX_FILE);
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
