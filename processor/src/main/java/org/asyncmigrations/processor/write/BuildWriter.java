package org.asyncmigrations.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home;
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
        return write(home, types);
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
        services.record().ifPresent(types::add);
        types.addAll(CatalogWriter.parts(build, services));
        types.addAll(RetiredWriter.parts(build));
        types.add(RegistryWriter.write(build, services));
        return write(build.home(), types);
    }

    private List<String> write(Home home, List<TypeSpec> types) {
        List<String> taken = new ArrayList<>();
        for (TypeSpec type : types) {
            try {
                JavaFile.builder(home.packageName(), type)
                        // Where users have a class String beside it, that is what the name means without an import.
                        .skipJavaLangImports(!home.hidesLanguage())
                        .indent("    ")
                        .build()
                        .writeTo(filer);
            } catch (FilerException e) {
                taken.add(type.name());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return taken;
    }
}
