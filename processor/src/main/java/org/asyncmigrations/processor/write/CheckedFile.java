package org.asyncmigrations.processor.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Catalog;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/**
 * The file next to the catalog that proves that a compile has succeeded with all bodies read. The release step requires it. It is
 * deleted when a compile begins, so a failed compile leaves none.
 */
public final class CheckedFile {
    private final @Nullable FileObject file;
    private final boolean heldBefore;

    private CheckedFile(@Nullable FileObject file, boolean heldBefore) {
        this.file = file;
        this.heldBefore = heldBefore;
    }

    /**
     * Deletes the proof and the catalog of the previous compile. Must be called before the catalog is written.
     *
     * @param filer the compiler's filer
     * @return the proof to write at the end
     */
    public static CheckedFile withdraw(Filer filer) {
        Optional<String> hash = read(filer, RuntimeNames.CATALOG_FILE).map(text -> new Catalog(text).hash());
        Optional<String> proven = read(filer, RuntimeNames.PROOF_FILE)
                .flatMap(text -> text.lines().findFirst());
        try {
            // Created now, because after the rounds no file can be created.
            FileObject file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", RuntimeNames.PROOF_FILE);
            if (ResourceWriter.isBesideClasses(file, RuntimeNames.PROOF_FILE)) {
                // For a file that is open for writing, javac's own delete() does nothing.
                Path path = Path.of(file.toUri());
                Files.deleteIfExists(path);
                Files.deleteIfExists(
                        path.resolveSibling(Path.of(RuntimeNames.CATALOG_FILE).getFileName()));
                return new CheckedFile(file, hash.isPresent() && hash.equals(proven));
            }
        } catch (IOException | RuntimeException e) {
            // Without access to such files, there is no proof.
        }
        return new CheckedFile(null, false);
    }

    /**
     * Writes the proof, unless this compile has read only some of the bodies and the others aren't proven.
     *
     * @param build a build without errors
     * @param whole whether this compile has read all bodies
     */
    public void write(Build build, boolean whole) {
        if (file == null || !whole && !heldBefore) {
            return;
        }
        String elsewhere = build.gone().stream()
                .filter(line -> !line.isRetired())
                .map(line -> line.version().separated() + "\n")
                .collect(Collectors.joining());
        try (OutputStream out = file.openOutputStream()) {
            out.write((Catalog.of(build).hash() + "\n" + elsewhere).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            // The release step will report that the proof is missing.
        }
    }

    private static Optional<String> read(Filer filer, String name) {
        try (InputStream bytes =
                filer.getResource(StandardLocation.CLASS_OUTPUT, "", name).openInputStream()) {
            return Optional.of(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
