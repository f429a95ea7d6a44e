package org.asyncmigrations.processor.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Draws a module from a seed: a right one, which is then spoilt or not. */
final class ModuleGenerator {
    private static final int MOST_MIGRATIONS = 12;

    private final long seed;
    private final RandomGenerator random;
    private final ModuleSketch module;

    private ModuleGenerator(long seed) {
        this.seed = seed;
        // Its numbers are part of its specification: the same seed is the same module on every JDK.
        this.random = new SplittableRandom(seed);
        this.module = new ModuleSketch(chance(10) ? "" : Words.any(Words.PACKAGES, random));
    }

    static RandomModule module(long seed) {
        return new ModuleGenerator(seed).draw();
    }

    private RandomModule draw() {
        module.timestamps = chance(70);
        List<String> packages = packages();
        addThings();
        int count = chance(5) ? 0 : 1 + random.nextInt(MOST_MIGRATIONS);
        for (int i = 0; i < count; i++) {
            MigrationSketch migration = migration(Words.any(packages, random), i);
            module.migrations.add(migration);
        }
        if (chance(60)) {
            new Spoiler(module, random).spoil();
        }
        return module.module(seed);
    }

    /** One to three, and annotated where that is needed; nothing can be annotated where there is no name. */
    private List<String> packages() {
        Set<String> packages = new TreeSet<>();
        int wanted = module.registryPackage.isEmpty() || chance(50) ? 1 : 2 + random.nextInt(2);
        boolean onlyOthers = wanted > 1 && chance(20);
        if (!onlyOthers) {
            packages.add(module.registryPackage);
        }
        while (packages.size() < wanted) {
            String other = Words.any(Words.PACKAGES, random);
            if (!onlyOthers || !other.equals(module.registryPackage)) {
                packages.add(other);
            }
        }
        if (wanted > 1 || !module.registryPackage.isEmpty() && chance(50)) {
            module.annotated.put(module.registryPackage, settings());
        }
        return List.copyOf(packages);
    }

    private String settings() {
        List<String> settings = new ArrayList<>();
        if (chance(50)) {
            settings.add("schema = " + Words.literal(Words.any(Words.SCHEMAS, random)));
        }
        if (chance(50)) {
            settings.add("prefix = " + Words.literal(Words.any(Words.PREFIXES, random)));
        }
        return settings.isEmpty() ? "" : "(" + String.join(", ", settings) + ")";
    }

    /** What migrations extend and are made with. */
    private void addThings() {
        List.of("Vault", "Secret", "DataBase", "BatchBase", "SealedBase", "Stopped", "Hidden")
                .forEach(name -> module.take(module.registryPackage, name));
        module.source(module.registryPackage, "Vault", "public class Vault { public static class Key<T> {} }\n");
        module.source(module.registryPackage, "Secret", "class Secret {}\n");
        module.source(module.registryPackage, "DataBase", """
                public abstract class DataBase<T> implements org.asyncmigrations.DataMigration {
                    public void migrate(org.asyncmigrations.MigrationRun run) {}
                }
                """);
        module.source(module.registryPackage, "SealedBase", """
                public abstract class SealedBase<T> implements org.asyncmigrations.BatchMigration {
                    public org.asyncmigrations.BatchKey key() {
                        return org.asyncmigrations.BatchKey.of(
                                org.jooq.impl.DSL.table("t"), org.jooq.impl.DSL.field("id", java.lang.Long.class));
                    }
                    public org.jooq.Condition pending() { return org.jooq.impl.DSL.trueCondition(); }
                    public long migrate(org.asyncmigrations.RowBatch batch) { return 0; }
                }
                """);
    }

    private MigrationSketch migration(String packageName, int index) {
        MigrationSketch migration = new MigrationSketch(packageName, freeName(packageName, index));
        boolean atHome = packageName.equals(module.registryPackage);
        if (chance(15)) {
            migration.holders.add("Holder" + index);
            if (chance(30)) {
                migration.holders.add("Within");
            }
        }
        migration.access = atHome && chance(15) ? "" : "public ";
        migration.modifiers = (migration.isNested() ? "static " : "") + (chance(80) ? "final " : "");
        migration.version = version(index);
        migration.spelling = random.nextInt(12);
        migration.afterRelease = chance(30);
        migration.verified = chance(10);
        migration.body = Words.any(Words.BODIES, random).replace("new Object", "new java.lang.Object");
        migration.description = chance(40) ? Words.any(Words.DESCRIPTIONS, random) : null;
        kind(migration);
        after(migration);
        parameters(migration, atHome);
        return migration;
    }

    private String freeName(String packageName, int index) {
        String name = Words.any(Words.CLASSES, random);
        return module.take(packageName, name) ? name : "Migration" + index;
    }

    private long version(int index) {
        long step = 1 + random.nextInt(50);
        return module.timestamps ? 2026_0101_000000L + 1_000_000L * index + 100 * step : 1 + index * 1_000_000L + step;
    }

    private void kind(MigrationSketch migration) {
        if (chance(50)) {
            migration.data = false;
            migration.batch = true;
            migration.pending = true;
            migration.marker = "PENDING_ROWS";
        }
        if (chance(15)) {
            String base = migration.data ? "DataBase" : "SealedBase";
            migration.base = MigrationSketch.qualified(module.registryPackage, base) + "<int[]>";
        }
        if (chance(15)) {
            migration.guarded = true;
            migration.marker = "GUARD";
        } else if (chance(15)) {
            migration.marker = "DECLARATION";
            migration.because = "it is so: " + Words.any(Words.DESCRIPTIONS, random);
        }
        boolean unbound = "GUARD".equals(migration.marker) || "DECLARATION".equals(migration.marker);
        if (unbound && migration.data) {
            migration.transactional = chance(50);
        } else if (unbound && migration.base == null && chance(30)) {
            migration.pending = false;
            migration.suppressed.add("UnsealedBatch");
        }
        if (chance(10)) {
            migration.suppressed.addAll(List.of("ImplausibleTimestamp", "MissingIdempotency", "all"));
        }
    }

    /** Only what is named can be depended on from everywhere. */
    private void after(MigrationSketch migration) {
        List<MigrationSketch> candidates = module.migrations.stream()
                .filter(earlier ->
                        earlier.access.equals("public ") || earlier.packageName.equals(migration.packageName))
                .filter(earlier -> !earlier.packageName.isEmpty() || migration.packageName.isEmpty())
                .toList();
        for (int i = 0; !candidates.isEmpty() && chance(30) && i < 3; i++) {
            migration.after.add(Words.any(candidates, random));
        }
    }

    private void parameters(MigrationSketch migration, boolean atHome) {
        Set<String> names = new TreeSet<>();
        while (chance(30) && names.size() < 4) {
            String name = Words.any(Words.PARAMETER_NAMES, random);
            if (names.add(name)) {
                migration.parameters.add(parameterType(atHome) + " " + name);
            }
        }
        if (!migration.parameters.isEmpty() && chance(20)) {
            migration.moreConstructors = "private #(short a, short b, short c, short d, short e) { throw new"
                    + " java.lang.IllegalStateException(); }\n";
        }
        if (atHome && chance(15)) {
            migration.constructorAccess = chance(50) ? "" : "protected ";
        }
    }

    private String parameterType(boolean atHome) {
        if (chance(25)) {
            String vault = MigrationSketch.qualified(module.registryPackage, "Vault");
            return chance(50) ? vault : vault + ".Key<" + (chance(50) ? "?" : "java.lang.String[]") + ">";
        }
        return atHome && chance(10)
                ? MigrationSketch.qualified(module.registryPackage, "Secret")
                : Words.any(Words.PARAMETER_TYPES, random);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
