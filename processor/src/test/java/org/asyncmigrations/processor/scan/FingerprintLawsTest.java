package org.asyncmigrations.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two laws, over all right samples: another layout never changes a fingerprint, another token always does. */
class FingerprintLawsTest {
    /** Of each file; -Dfingerprints=1000 for a long run. */
    private static final int CASES = Integer.getInteger("fingerprints", 20);

    private static final Path SAMPLES = Path.of("src/test/resources/good");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void anotherLayoutNeverChangesIt(Path file) throws IOException {
        Words words = Words.of(Files.readString(file));
        Parsed original = parsed(words.text());
        for (int seed = 0; seed < CASES; seed++) {
            String laidOut = words.laidOutAnew(new Random(seed));
            assertThat(parsed(laidOut)).as("seed %d%n%s", seed, laidOut).isEqualTo(original);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void anotherTokenAlwaysDoes(Path file) throws IOException {
        Words words = Words.of(Files.readString(file));
        Parsed original = parsed(words.text());
        List<String> changed = new ArrayList<>();
        for (int seed = 0; seed < CASES; seed++) {
            String mutant = words.withOneWordChanged(new Random(seed));
            Parsed parsed = parsed(mutant);
            if (parsed.valid()) {
                assertThat(parsed.fingerprints())
                        .as("seed %d%n%s", seed, mutant)
                        .isNotEqualTo(original.fingerprints());
                changed.add(mutant);
            }
        }
        assertThat(changed).as("mutants that the parser takes").hasSizeGreaterThan(CASES / 2);
    }

    private static Parsed parsed(String text) {
        return Parsed.of(JavaFileObjects.forSourceString("Sample", text));
    }
}
