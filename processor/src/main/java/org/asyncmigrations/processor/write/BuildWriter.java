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
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RegistryPackage.Candidate;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.ServiceComponents;

/** Writes all files of a build. */
public final class BuildWriter {
    private final Filer filer;

    /**
     * A writer for one compile.
     *
     * @param filer the compiler's filer
     */
    public BuildWriter(Filer filer) {
        this.filer = filer;
    }

    /**
     * Writes the table and record classes of state tables.
     *
     * @param registryPackage their package and names
     * @param tables which of {@link RuntimeNames#TABLES}
     * @return the names of the classes that could not be written, because users have classes with these names
     * @throws UncheckedIOException if a file can't be written
     */
    public List<String> writeTables(RegistryPackage registryPackage, List<String> tables) {
        List<TypeSpec> types = tables.stream()
                .map(table -> new TableWriter(registryPackage, table))
                .flatMap(table -> Stream.of(table.writeTable(), table.writeRows()))
                .toList();
        return write(
                registryPackage,
                types,
                sources(registryPackage.candidates().stream().map(Candidate::origin)));
    }

    /**
     * Writes the registry and the classes that belong to it.
     *
     * @param build its content
     * @return the names of the classes that could not be written, because users have classes with these names
     * @throws UncheckedIOException if a file can't be written
     */
    public List<String> writeRegistry(Build build) {
        ServiceComponents services = new ServiceComponents(build);
        CatalogWriter catalog = new CatalogWriter(build, services);
        List<TypeSpec> types = new ArrayList<>();
        if (!services.isEmpty()) {
            types.add(ServicesWriter.write(build.registryPackage().servicesName(), services));
        }
        types.addAll(catalog.parts());
        RegistryWriter registry = new RegistryWriter(build, services, catalog);
        types.add(registry.write());
        List<Element> sources = sources(build);
        if (build.registryPackage().spring()) {
            types.add(new SpringWriter(build.registryPackage(), services).write());
            new ResourceWriter(filer, sources).writeSpring(build);
        }
        List<String> taken = write(build.registryPackage(), types, sources);
        // If its name is taken, other modules can't see this one's versions; everything else works.
        registry.catalogClass()
                .filter(type -> !taken.contains(RuntimeNames.REGISTRY))
                .ifPresent(type -> write(RuntimeNames.CATALOG_CLASSES, type, true, sources));
        return taken;
    }

    /**
     * Writes the index for the next build, if the compiler allows it.
     *
     * @param build a build without errors: with errors, the classes aren't written either
     */
    public void writeIndex(Build build) {
        new ResourceWriter(filer, sources(build)).writeIndex(build);
    }

    /**
     * Writes the catalog for tools and the release step, if the compiler allows it.
     *
     * @param build a build whose only errors are changed released migrations, which the release step can accept
     */
    public void writeCatalog(Build build) {
        new ResourceWriter(filer, sources(build)).writeCatalog(build);
    }

    /** {@return the sources of the registry, for incremental build tools: all migrations} */
    private static List<Element> sources(Build build) {
        return sources(Stream.concat(
                build.registryPackage().candidates().stream().map(Candidate::origin),
                build.migrations().stream().map(Migration::origin)));
    }

    private static List<Element> sources(Stream<Origin> origins) {
        return origins.flatMap(origin -> Stream.ofNullable(origin.element()))
                .distinct()
                .toList();
    }

    private List<String> write(RegistryPackage registryPackage, List<TypeSpec> types, List<Element> sources) {
        // If users have a class String in the same package, the name means that class unless java.lang.String is
        // imported.
        return types.stream()
                .filter(type -> !write(registryPackage.packageName(), type, !registryPackage.hidesLanguage(), sources))
                .map(TypeSpec::name)
                .toList();
    }

    /** {@return false if a class with that name exists} */
    private boolean write(String packageName, TypeSpec type, boolean skipsImports, List<Element> sources) {
        JavaFile text = JavaFile.builder(packageName, type)
                .skipJavaLangImports(skipsImports)
                .indent("    ")
                .build();
        String name = packageName.isEmpty() ? type.name() : packageName + "." + type.name();
        try (Writer file =
                filer.createSourceFile(name, sources.toArray(Element[]::new)).openWriter()) {
            // At once: JavaPoet writes a few characters at a time, and javac's writer encodes each time.
            file.write(text.toString());
            return true;
        } catch (FilerException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
