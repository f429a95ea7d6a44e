package org.asyncmigrations.processor.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A module that is still being drawn. */
final class ModuleSketch {
    /** Stands for any place, where the sketch cannot know which one is named. */
    static final String ANYWHERE = "*";

    /** The package of the registry. */
    final String registryPackage;

    /** The packages that are annotated, with what their annotation says; mostly the registryPackage. */
    final Map<String, String> annotated = new TreeMap<>();

    final List<MigrationSketch> migrations = new ArrayList<>();
    final Map<String, String> more = new TreeMap<>();
    final List<String> options = new ArrayList<>();
    final Set<Expected> expected = new java.util.HashSet<>();
    private final Map<String, Set<String>> taken = new LinkedHashMap<>();
    boolean timestamps;
    boolean versionsSpoilt;
    boolean broken;

    ModuleSketch(String registryPackage) {
        this.registryPackage = registryPackage;
    }

    /** Whether the name was free in its package; it is not any more. */
    boolean take(String packageName, String name) {
        return taken.computeIfAbsent(packageName, any -> new TreeSet<>()).add(name);
    }

    boolean hasDependents(MigrationSketch migration) {
        return migrations.stream().anyMatch(other -> other.after.contains(migration));
    }

    /** Whether none of the migrations needs the registry to be in their own package. */
    boolean isOpen() {
        return migrations.stream()
                .allMatch(m -> m.access.equals("public ")
                        && m.constructorAccess.equals("public ")
                        && m.parameters.stream().noneMatch(parameter -> parameter.contains("Secret")));
    }

    /** Whether there is anything to write a registry for. */
    boolean isWritten() {
        return !annotated.isEmpty() || !migrations.isEmpty();
    }

    void source(String packageName, String name, String text) {
        more.put(
                MigrationSketch.path(packageName, name),
                (packageName.isEmpty() ? "" : "package " + packageName + ";\n") + text);
    }

    RandomModule module(long seed) {
        Map<String, String> sources = new TreeMap<>(more);
        annotated.forEach((name, values) -> sources.put(
                packageInfo(name), "@org.asyncmigrations.AsyncMigrations" + values + "\npackage " + name + ";\n"));
        for (MigrationSketch migration : migrations) {
            sources.put(migration.file(), new MigrationText(migration).file());
            migration.findings.forEach(finding -> expected.add(new Expected(finding, migration.file())));
        }
        String registry = isWritten() ? MigrationSketch.qualified(registryPackage, "AsyncMigrationRegistry") : "";
        return new RandomModule(seed, sources, options, expected, broken, registry, migrations.size());
    }

    static String packageInfo(String packageName) {
        return MigrationSketch.path(packageName, "package-info");
    }

    @Nullable
    MigrationSketch laterThan(MigrationSketch migration) {
        return migrations.stream()
                .filter(other -> other.version > migration.version && !other.spoilt && other.access.equals("public "))
                .findFirst()
                .orElse(null);
    }
}
