package org.asyncmigrations.processor.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$L %s", "Größe 数据 🚀", "'"})
    void whatCanBeReadStaysAsItIs(String text) {
        assertThat(Literal.of(text)).isEqualTo("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "34,\\\"",
        "92,\\\\",
        "10,\\n",
        "13,\\r",
        "9,\\t",
        "0,\\u0000",
        "8232,\\u2028",
        "8238,\\u202e",
        "55296,\\ud800"
    })
    void whatCannotBeWrittenIsEscaped(int character, String escaped) {
        assertThat(Literal.of("a" + (char) character)).isEqualTo("\"a" + escaped + "\"");
    }
}
