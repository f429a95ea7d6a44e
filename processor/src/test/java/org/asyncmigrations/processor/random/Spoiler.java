package org.asyncmigrations.processor.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Spoils a right module, and notes what has to be said of it. */
record Spoiler(ModuleSketch module, RandomGenerator random) {
    private static final int MOST_FAULTS = 4;

    void spoil() {
        if (!module.annotated.isEmpty() && module.isOpen() && random.nextInt(8) == 0 && spoilPackages()) {
            return;
        }
        if (random.nextInt(6) == 0) {
            spoilSurroundings();
        }
        int faults = 1 + random.nextInt(MOST_FAULTS);
        for (int i = 0; i < faults && !module.migrations.isEmpty(); i++) {
            spoil(Words.any(module.migrations, random));
        }
    }

    private void spoil(MigrationSketch migration) {
        List<Flaw> fitting = new ArrayList<>(Flaws.ALL);
        fitting.addAll(VersionFlaws.ALL);
        fitting.removeIf(flaw -> migration.spoilt || !flaw.fits().test(migration, module));
        if (!fitting.isEmpty()) {
            Words.any(fitting, random).apply().spoil(migration, module, random);
            migration.spoilt = true;
        }
    }

    /** No package annotated where one must be, or two. */
    private boolean spoilPackages() {
        List<String> used =
                module.migrations.stream().map(m -> m.packageName).distinct().toList();
        Optional<String> other = used.stream()
                .filter(name -> !name.equals(module.registryPackage))
                .findFirst();
        if (other.isEmpty()) {
            return false;
        }
        if (used.size() > 1 && random.nextBoolean()) {
            module.annotated.clear();
        } else {
            module.annotated.put(other.get(), "");
        }
        module.expected.add(new Expected("NoRegistryPackage", ModuleSketch.ANYWHERE));
        return true;
    }

    private void spoilSurroundings() {
        switch (random.nextInt(4)) {
            case 0 -> spoilSetting("prefix", Words.any(Words.BAD_PREFIXES, random));
            case 1 -> spoilSetting("schema", Words.any(Words.BAD_SCHEMAS, random));
            case 2 -> addOption();
            default -> takeName();
        }
    }

    /** Without any annotation the processor is not asked, and javac itself says that nobody knows the option. */
    private void addOption() {
        if (module.isWritten()) {
            module.options.add("-Aasyncmigrations.unheard" + (random.nextBoolean() ? "" : "=of"));
            module.expected.add(new Expected("UnknownOption", ""));
        }
    }

    private void spoilSetting(String name, String value) {
        if (!module.annotated.isEmpty()) {
            module.annotated.put(module.registryPackage, "(" + name + " = " + Words.literal(value) + ")");
            module.expected.add(new Expected("BadPrefix", ModuleSketch.packageInfo(module.registryPackage)));
        }
    }

    private void takeName() {
        // Services is left out: whether it is written depends on what else is spoilt.
        List<String> names = List.of(
                "AsyncMigrationRegistry",
                "AsyncSchemaMigrations",
                "AsyncMigrationRanges",
                "AsyncMigrationEventsRecord");
        String name = Words.any(names, random);
        if (module.isWritten() && module.take(module.registryPackage, name)) {
            module.source(module.registryPackage, name, "public class " + name + " {}\n");
            module.expected.add(new Expected("NameTaken", MigrationSketch.path(module.registryPackage, name)));
        }
    }
}
