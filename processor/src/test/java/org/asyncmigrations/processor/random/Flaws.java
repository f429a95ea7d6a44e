package org.asyncmigrations.processor.random;

import java.util.List;
import java.util.function.BiPredicate;

/** What can be wrong with a migration, its version aside. */
final class Flaws {
    private static final BiPredicate<MigrationSketch, ModuleSketch> ANY = (m, module) -> true;
    private static final BiPredicate<MigrationSketch, ModuleSketch> DATA = (m, module) -> m.data;
    private static final BiPredicate<MigrationSketch, ModuleSketch> BATCH = (m, module) -> m.batch && m.pending;
    private static final BiPredicate<MigrationSketch, ModuleSketch> OWN_BATCH =
            BATCH.and((m, module) -> m.base == null);
    private static final BiPredicate<MigrationSketch, ModuleSketch> PLAIN = (m, module) -> m.isPlain();
    private static final BiPredicate<MigrationSketch, ModuleSketch> FORM = PLAIN.and(
            (m, module) -> !m.verified && m.constructorAccess.equals("public ") && m.access.equals("public "));
    private static final BiPredicate<MigrationSketch, ModuleSketch> UNNAMED = (m, module) -> !module.hasDependents(m);
    private static final BiPredicate<MigrationSketch, ModuleSketch> NESTED = (m, module) -> m.isNested();
    private static final BiPredicate<MigrationSketch, ModuleSketch> ELSEWHERE =
            (m, module) -> !m.packageName.equals(module.registryPackage);

    static final List<Flaw> ALL = List.of(
            flaw(ANY, "MissingIdempotency", m -> m.marker = null),
            flaw(
                    DATA.and((m, module) -> "TRANSACTION".equals(m.marker)),
                    "UnfitIdempotency",
                    m -> m.transactional = false),
            flaw(BATCH, "UnfitIdempotency", m -> m.marker = "TRANSACTION"),
            flaw(DATA, "UnfitIdempotency", m -> m.marker = "PENDING_ROWS"),
            flaw(OWN_BATCH, "UnfitIdempotency", m -> {
                m.marker = "PENDING_ROWS";
                m.pending = false;
            }),
            flaw((m, module) -> !m.guarded, "UnfitIdempotency", m -> m.marker = "GUARD"),
            flaw((m, module) -> m.batch, "UnfitIdempotency", m -> m.transactional = false),
            flaw(ANY, "MissingReason", m -> {
                m.marker = "DECLARATION";
                m.because = null;
            }),
            flaw(ANY, "MissingReason", m -> {
                m.marker = "DECLARATION";
                m.because = " \t";
            }),
            new Flaw(OWN_BATCH, (m, module, random) -> {
                m.marker = "DECLARATION";
                m.because = "it is so";
                m.pending = false;
                m.warn("UnsealedBatch");
            }),
            flaw((m, module) -> !m.afterRelease && m.version > 0, "TwoPhases", m -> m.secondPhase = true),
            flaw(PLAIN, "NoMigrationType", m -> m.data = false),
            flaw(PLAIN, "NoMigrationType", m -> {
                m.batch = true;
                m.pending = true;
            }),
            flaw(ANY, "NotInstantiable", m -> m.modifiers = m.modifiers.replace("final ", "") + "abstract "),
            flaw(FORM, "NotInstantiable", m -> form(m, "interface")),
            flaw(FORM, "NotInstantiable", m -> form(m, "enum")),
            flaw(FORM, "NotInstantiable", m -> {
                form(m, "@interface");
                m.find("NoMigrationType");
            }),
            flaw(NESTED, "NotInstantiable", m -> m.modifiers = m.modifiers.replace("static ", "")),
            flaw(ANY, "NotInstantiable", m -> m.typeParameters = "<A, B extends java.util.List<A>>"),
            flaw(UNNAMED.and(ELSEWHERE), "NotInstantiable", m -> m.access = ""),
            flaw(UNNAMED.and(NESTED), "NotInstantiable", m -> m.access = "private "),
            flaw(ANY, "NotInstantiable", m -> {
                m.constructorAccess = "private ";
                m.moreConstructors = "";
            }),
            flaw(ELSEWHERE, "NotInstantiable", m -> {
                m.constructorAccess = "protected ";
                m.moreConstructors = "";
            }),
            flaw(
                    ANY,
                    "NotInstantiable",
                    m -> m.moreConstructors += "public #(byte a, byte b, byte c, byte d, byte e) {}\n"),
            flaw(ANY, "NotInstantiable", m -> m.constructorAccess += "<A> "),
            flaw(ANY, "NotInstantiable", m -> {
                m.parameters.add("java.util.List<? extends Hidden[]> hidden");
                m.moreConstructors += "private static final class Hidden {}\n";
            }),
            new Flaw(ANY, (m, module, random) -> {
                String vault = MigrationSketch.qualified(module.registryPackage, "Vault");
                m.alsoAfter.add(
                        Words.any(List.of("java.lang.String", "int", "void", "java.lang.String[][]", vault), random));
                m.find("NotAMigration");
            }),
            flaw((m, module) -> m.version > 0, "DependencyNotEarlier", m -> m.after.add(m)),
            new Flaw((m, module) -> !m.spoilt && module.laterThan(m) != null, (m, module, random) -> {
                m.after.add(java.util.Objects.requireNonNull(module.laterThan(m)));
                m.find("DependencyNotEarlier");
            }),
            broken(ANY, m -> m.alsoAfter.add("com.missing.Missing")),
            broken(ANY, m -> m.parameters.add("com.missing.Missing missing")),
            broken(ANY, m -> m.parameters.add("java.util.Map<?, ? super com.missing.Missing[]> missing")),
            broken((m, module) -> m.base == null, m -> m.missingType = "com.missing.Missing"),
            broken(PLAIN, m -> {
                m.data = false;
                m.missingType = "com.missing.Missing";
            }),
            broken(ANY, m -> m.moreConstructors += "com.missing.Missing missing;\n"));

    private Flaws() {}

    /** Spoils, knowing the migration only. */
    private interface Spoiling {
        void spoil(MigrationSketch migration);
    }

    private static Flaw flaw(BiPredicate<MigrationSketch, ModuleSketch> fits, String finding, Spoiling spoiling) {
        return new Flaw(fits, (migration, module, random) -> {
            spoiling.spoil(migration);
            migration.find(finding);
        });
    }

    /** The compiler's business: it is enough that it says so, and nothing is added to it. */
    private static Flaw broken(BiPredicate<MigrationSketch, ModuleSketch> fits, Spoiling spoiling) {
        return new Flaw(fits, (migration, module, random) -> {
            spoiling.spoil(migration);
            module.broken = true;
        });
    }

    private static void form(MigrationSketch migration, String form) {
        migration.form = form;
        migration.modifiers = "";
    }
}
