package org.asyncmigrations.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuickstartTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void allMigrationsAreDoneAndEveryRowIsRight(String database) throws Exception {
        int exit = Quickstart.run(out, Arguments.of(database, "--rows", "20000"));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("20,000 customers filled in")
                .containsPattern("HELD: .+")
                .containsPattern("20261124_070000 +ForgetLegacyTokens +after_release +(created|pending) ")
                .containsPattern("20261121_093000 +BackfillEmailNormalized +async +done ")
                .containsPattern("20261121_101500 +ReadPhones +async +done ")
                .containsPattern("20261123_080000 +AddTaxToPlans +async +done ")
                .containsPattern("20261124_070000 +ForgetLegacyTokens +after_release +done ")
                .containsPattern("Check of every row against plain Java: 2[0-9],[0-9]{3} rows, 0 wrong")
                .containsPattern("one single UPDATE.* rows/s")
                .contains("client next to the migrations:");
        assertThat(exit).isZero();
    }

    @Test
    void anUnknownArgumentIsNamedTogetherWithThoseThatAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.of("oracle"))
                .withMessage("unknown argument oracle; use [h2|postgres] [--rows N], N from 1,000 to 10,000,000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.of("--rows"))
                .withMessageStartingWith("--rows may not be nothing");
    }
}
