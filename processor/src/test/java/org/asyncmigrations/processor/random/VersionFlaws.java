package org.asyncmigrations.processor.random;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/** What can be wrong with a version: one of them a module, because each changes what the others' versions mean. */
final class VersionFlaws {
    private static final BiPredicate<MigrationSketch, ModuleSketch> ALONE =
            (m, module) -> !module.versionsSpoilt && m.after.isEmpty() && !module.hasDependents(m);

    static final List<Flaw> ALL = List.of(
            new Flaw(
                    ALONE,
                    (m, module, random) -> become(
                            m,
                            module,
                            Words.any(List.of(0L, -1L, -2026_0101_000000L, Long.MIN_VALUE), random),
                            "NonPositiveVersion")),
            new Flaw(ALONE, VersionFlaws::implausible),
            new Flaw(ALONE.and((m, module) -> module.migrations.size() > 3), VersionFlaws::ofAnotherForm),
            new Flaw(ALONE.and((m, module) -> other(m, module).isPresent()), VersionFlaws::twice));

    private VersionFlaws() {}

    private static void implausible(MigrationSketch m, ModuleSketch module, RandomGenerator random) {
        List<Long> values = List.of(
                100_000_000L,
                2026_1121_0930L,
                2026_1121_09300L,
                2026_1399_093000L,
                2026_0230_000000L,
                9999_9999_999999L,
                2026_1121_0930000L,
                Long.MAX_VALUE);
        m.version = Words.any(values, random);
        m.warn("ImplausibleTimestamp");
        module.versionsSpoilt = true;
    }

    /** The one among several is the odd one. */
    private static void ofAnotherForm(MigrationSketch m, ModuleSketch module, RandomGenerator random) {
        m.version = module.timestamps ? 99_999_999 - random.nextInt(99_999_998) : 2026_1231_235959L;
        m.warn("ImplausibleTimestamp");
        module.versionsSpoilt = true;
    }

    private static void twice(MigrationSketch m, ModuleSketch module, RandomGenerator random) {
        MigrationSketch other = other(m, module).orElseThrow();
        other.find("DuplicateVersion");
        other.spoilt = true;
        become(m, module, other.version, "DuplicateVersion");
    }

    private static Optional<MigrationSketch> other(MigrationSketch m, ModuleSketch module) {
        return module.migrations.stream().filter(o -> o != m && !o.spoilt).findAny();
    }

    private static void become(MigrationSketch m, ModuleSketch module, long version, String finding) {
        m.version = version;
        m.find(finding);
        module.versionsSpoilt = true;
    }
}
