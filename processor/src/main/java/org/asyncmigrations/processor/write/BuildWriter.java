package org.asyncmigrations.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home;
import org.asyncmigrations.processor.model.Home.Candidate;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Writes all files of a build. */
public final class BuildWriter {
    private final Filer filer;

    /**
     * A writer of one compile.
     *
     * @param filer the compiler's
     */
    public BuildWriter(Filer filer) {
        this.filer = filer;
    }

    /**
     * Writes the table and record classes of the state tables.
     *
     * @param home where they go and what they are called
     * @return the names of the classes that could not be written, because users have classes of these names
     * @throws UncheckedIOException when a file cannot be written
     */
    public List<String> writeTables(Home home) {
        List<TypeSpec> types = new ArrayList<>();
        for (String table : RuntimeNames.TABLES) {
            TableNames names = new TableNames(home, table);
            types.add(TableWriter.write(names));
            types.add(RecordWriter.write(names));
        }
        return write(home, types, sources(home.candidates().stream().map(Candidate::origin)));
    }

    /**
     * Writes the registry and what belongs to it.
     *
     * @param build what it holds
     * @return the names of the classes that could not be written, because users have classes of these names
     * @throws UncheckedIOException when a file cannot be written
     */
    public List<String> writeRegistry(Build build) {
        ServicesPlan services = ServicesPlan.of(build);
        List<TypeSpec> types = new ArrayList<>();
        if (!services.isEmpty()) {
            types.add(ServicesWriter.write(services));
        }
        types.addAll(CatalogWriter.parts(build, services));
        types.addAll(RetiredWriter.parts(build));
        types.add(RegistryWriter.write(build, services));
        List<Element> sources = sources(build);
        List<String> taken = write(build.home(), types, sources);
        MarkerWriter.write(build).ifPresent(marker -> writeMarker(marker, sources));
        return taken;
    }

    /**
     * Writes what the next build reads of this one, where the compiler lets it.
     *
     * @param build a build without errors: of another the classes are not written either
     */
    public void writeIndex(Build build) {
        new ResourceWriter(filer, sources(build)).writeIndex(build);
    }

    /**
     * Writes what tools and the release step read of a build, where the compiler lets it.
     *
     * @param build a build without errors, or with released migrations that were changed: the release step can accept these
     */
    public void writeCatalog(Build build) {
        new ResourceWriter(filer, sources(build)).writeCatalog(build);
    }

    /** What a tool that compiles only what has changed has to know of the registry: it comes from all migrations. */
    private static List<Element> sources(Build build) {
        return sources(Stream.concat(
                build.home().candidates().stream().map(Candidate::origin),
                build.migrations().stream().map(Migration::origin)));
    }

    private static List<Element> sources(Stream<Origin> origins) {
        return origins.flatMap(origin -> Stream.ofNullable(origin.element()))
                .distinct()
                .toList();
    }

    private List<String> write(Home home, List<TypeSpec> types, List<Element> sources) {
        List<String> taken = new ArrayList<>();
        for (TypeSpec type : types) {
            try {
                // Where users have a class String beside it, that is what the name means without an import.
                write(JavaFile.builder(home.packageName(), type).skipJavaLangImports(!home.hidesLanguage()), sources);
            } catch (FilerException e) {
                taken.add(type.name());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return taken;
    }

    /** Where somebody has a class of that name, other modules do not see this one's versions, and nothing else is lost. */
    private void writeMarker(TypeSpec marker, List<Element> sources) {
        try {
            write(JavaFile.builder(RuntimeNames.MARKERS, marker).skipJavaLangImports(true), sources);
        } catch (FilerException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JavaFile.Builder builder, List<Element> sources) throws IOException {
        JavaFile text = builder.indent("    ").build();
        String simpleName = text.typeSpec().name();
        String name = text.packageName().isEmpty() ? simpleName : text.packageName() + "." + simpleName;
        try (Writer file =
                filer.createSourceFile(name, sources.toArray(Element[]::new)).openWriter()) {
            text.writeTo(file);
        }
    }
}
