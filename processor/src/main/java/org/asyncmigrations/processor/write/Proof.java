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
 * The file next to the catalog that says that a compile has ended well with all bodies read. The release step asks for it. It is
 * deleted when a compile begins, so that a compile that fails leaves none.
 */
public final class Proof {
    private final @Nullable FileObject file;
    private final boolean heldBefore;

    private Proof(@Nullable FileObject file, boolean heldBefore) {
        this.file = file;
        this.heldBefore = heldBefore;
    }

    /**
     * Deletes the proof of the compile before, and its catalog, which says nothing of what is compiled now. To be called before
     * the catalog is written.
     *
     * @param filer the compiler's
     * @return the proof to write at the end
     */
    public static Proof withdraw(Filer filer) {
        Optional<String> hash = read(filer, RuntimeNames.CATALOG_FILE).map(text -> new Catalog(text).hash());
        Optional<String> proven = read(filer, RuntimeNames.PROOF_FILE)
                .flatMap(text -> text.lines().findFirst());
        try {
            // Created here, because no file can be created after the rounds.
            FileObject file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", RuntimeNames.PROOF_FILE);
            if (ResourceWriter.isBesideClasses(file, RuntimeNames.PROOF_FILE)) {
                // javac's own delete() of a file that is to be written does nothing.
                Path path = Path.of(file.toUri());
                Files.deleteIfExists(path);
                Files.deleteIfExists(
                        path.resolveSibling(Path.of(RuntimeNames.CATALOG_FILE).getFileName()));
                return new Proof(file, hash.isPresent() && hash.equals(proven));
            }
        } catch (IOException | RuntimeException e) {
            // A compiler without such files proves nothing.
        }
        return new Proof(null, false);
    }

    /**
     * Writes the proof, unless this compile has read only some of the bodies and nobody has proven the others.
     *
     * @param build a build that nothing is wrong with
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
            // The release step says that it is missing.
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
