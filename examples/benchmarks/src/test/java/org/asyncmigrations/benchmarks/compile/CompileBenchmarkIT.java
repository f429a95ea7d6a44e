package org.asyncmigrations.benchmarks.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measured sources compile in each way; here it is enough that there are figures. */
class CompileBenchmarkIT {
    @TempDir
    Path work;

    @Test
    void migrationsCompileInEachWay() throws Exception {
        Map<Case, Compile> cases = new Cases(work, new Migrations(), 20).ours(false);
        assertThat(cases).hasSize(4);
        for (Compile compile : cases.values()) {
            assertThat(compile.run().cpuSeconds()).isPositive();
        }
    }

    @Test
    void ourProcessorIsAtWork() throws Exception {
        Compile with =
                new Cases(work, new Migrations(), 10).ours(false).get(new Case("async-migrations", 10, Case.WITH));
        with.run("-D" + MeasuredJavac.FOLLOW_LIVE + "=true");
        assertThat(with.written().resolve("com/acme/AsyncMigrationRegistry.java"))
                .exists();
    }

    @Test
    void theOthersAreAtWork() throws Exception {
        for (Subject subject : new Subject[] {new AutoValues(), new Mappers()}) {
            Compile with = new Cases(work, subject, 2).withAndWithout().get(new Case(subject.name(), 2, Case.WITH));
            with.run();
            assertThat(with.written().resolve("com/acme/area0")).isNotEmptyDirectory();
        }
    }
}
