package org.asyncmigrations.processor.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The laws that hold for every module, whatever is in it. {@code -Dmodules=5000 -Dseed=1} tries more, or others; each breach
 * names the seed of its module, and {@code -Dmodules=1 -Dseed=…} tries that one alone.
 */
class RandomModulesTest {
    private static final int MODULES = Integer.getInteger("modules", 60);
    private static final long SEED = Long.getLong("seed", 20_261_121);
    private static final int SHOWN = 5;

    @Test
    void everyModuleIsJudgedAsItIs() throws Exception {
        List<String> breaches = new ArrayList<>();
        int right = 0;
        try (ModuleCompiler compiler = new ModuleCompiler()) {
            for (long seed = SEED; seed < SEED + MODULES && breaches.size() < SHOWN; seed++) {
                RandomModule module = ModuleGenerator.module(seed);
                breaches.addAll(Laws.breaches(module, compiler));
                right += module.isRight() ? 1 : 0;
            }
        }
        System.out.println(MODULES + " random modules from seed " + SEED + ", " + right + " of them right");
        assertThat(breaches).isEmpty();
    }

    /** Else a law could hold because nothing is ever tried. */
    @Test
    void everyFindingIsExpectedOfSomeModule() {
        TreeSet<String> expected = new TreeSet<>();
        for (long seed = 0; seed < 2_000; seed++) {
            ModuleGenerator.module(seed).expected().forEach(e -> expected.add(e.finding()));
        }
        assertThat(expected)
                .containsExactly(
                        "BadPrefix",
                        "DependencyNotEarlier",
                        "DuplicateVersion",
                        "ImplausibleTimestamp",
                        "MissingIdempotency",
                        "MissingReason",
                        "NameTaken",
                        "NoMigrationType",
                        "NoRegistryPackage",
                        "NonPositiveVersion",
                        "NotAMigration",
                        "NotInstantiable",
                        "TwoPhases",
                        "UnfitIdempotency",
                        "UnknownOption",
                        "UnsealedBatch");
    }
}
