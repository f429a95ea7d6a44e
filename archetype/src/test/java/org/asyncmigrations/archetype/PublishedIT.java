package org.asyncmigrations.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all that is published has to be, whatever will be added to it. */
class PublishedIT {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<Pom> PUBLISHED = Pom.of(ROOT).published().toList();
    private static final List<Pom> LIBRARIES =
            PUBLISHED.stream().filter(Pom::isLibrary).toList();
    private static final ModuleFinder JARS =
            ModuleFinder.of(LIBRARIES.stream().map(Pom::jar).toArray(Path[]::new));

    /** What the runtime requires besides the JDK. */
    private static final ModuleFinder REQUIRED =
            ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(":"))
                    .filter(jar -> jar.matches(".*/(jooq|slf4j-api|r2dbc-spi|reactive-streams)-\\d[^/]*\\.jar"))
                    .map(Path::of)
                    .toArray(Path[]::new));

    private static final Pattern USED = Pattern.compile("-> (org\\.asyncmigrations\\S*)");

    @Test
    void theBomHasEachLibraryInThisVersion() {
        assertThat(managed("artifactId"))
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(
                        LIBRARIES.stream().map(Pom::artifact).toList());
        assertThat(managed("version")).containsOnly("${project.version}");
        assertThat(bom().text("version")).isEqualTo(UnderTest.VERSION);
    }

    @Test
    void theBomBringsNoVersionsButOurs() {
        assertThat(bom().text("parent")).isEmpty();
        assertThat(managed("groupId")).containsOnly("org.asyncmigrations");
    }

    @Test
    void eachLibraryIsAJavaModuleNamedAfterItsPackages() {
        List<ModuleDescriptor> modules =
                JARS.findAll().stream().map(module -> module.descriptor()).toList();

        // A starter has dependencies, and no package.
        List<ModuleDescriptor> withCode =
                modules.stream().filter(module -> !module.packages().isEmpty()).toList();
        assertThat(modules).hasSameSizeAs(LIBRARIES).hasSize(withCode.size() + 1);
        assertThat(withCode).allSatisfy(module -> {
            String shortest = module.packages().stream()
                    .min(Comparator.comparing(String::length))
                    .orElseThrow();
            assertThat(module.name()).isEqualTo(shortest);
            assertThat(module.packages()).allMatch(name -> name.equals(shortest) || name.startsWith(shortest + "."));
        });
    }

    /** Else they could not be on one module path: the resolution says which package is in which two. */
    @Test
    void noPackageIsInTwoLibraries() {
        var names = JARS.findAll().stream()
                .map(module -> module.descriptor().name())
                .collect(Collectors.toSet());

        assertThat(ModuleLayer.boot()
                        .configuration()
                        .resolve(JARS, REQUIRED, names)
                        .modules())
                .filteredOn(module -> names.contains(module.name()))
                .hasSameSizeAs(LIBRARIES);
    }

    /** They are compiled on the class path, where nothing is closed: only here would an export be missed. */
    @Test
    void theRuntimesClosedPackagesAreExportedToTheLibrariesThatUseThem() {
        ModuleDescriptor runtime =
                JARS.find("org.asyncmigrations").orElseThrow().descriptor();
        Set<String> open = runtime.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        Set<String> exported = runtime.exports().stream()
                .flatMap(export -> export.targets().stream().map(module -> module + " -> " + export.source()))
                .collect(Collectors.toSet());
        Set<String> used = JARS.findAll().stream()
                .filter(module -> !module.descriptor().equals(runtime))
                // It has a copy of what it needs.
                .filter(module -> !module.descriptor().name().equals("org.asyncmigrations.processor"))
                .flatMap(module -> usedPackages(module)
                        .filter(name -> runtime.packages().contains(name) && !open.contains(name))
                        .map(name -> module.descriptor().name() + " -> " + name))
                .collect(Collectors.toSet());

        assertThat(used).isNotEmpty().isEqualTo(exported);
    }

    private static Stream<String> usedPackages(ModuleReference module) {
        StringWriter printed = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(printed),
                        new PrintWriter(new StringWriter()),
                        "--multi-release",
                        "17",
                        "-verbose:package",
                        Path.of(module.location().orElseThrow()).toString());
        return USED.matcher(printed.toString()).results().map(found -> found.group(1));
    }

    @Test
    void eachSaysWhatItIs() {
        assertThat(PUBLISHED).extracting(pom -> pom.text("name")).doesNotContain("");
        assertThat(LIBRARIES).extracting(pom -> pom.text("description")).doesNotContain("");
    }

    private static Pom bom() {
        return PUBLISHED.stream()
                .filter(pom -> pom.artifact().equals("async-migrations-bom"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> managed(String element) {
        return bom().texts("dependencyManagement/dependencies/dependency/" + element);
    }
}
