package org.asyncmigrations.processor.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "BackfillEmail, backfillEmail",
        "URLBackfill, urlBackfill",
        "URL, url",
        "X, x",
        "XRay, xRay",
        "already, already",
        "V2Tokens, v2Tokens",
        "_Odd, _Odd",
    })
    void theFirstLettersAreMadeSmall(String className, String handle) {
        assertThat(Names.decapitalized(className)).isEqualTo(handle);
    }
}
