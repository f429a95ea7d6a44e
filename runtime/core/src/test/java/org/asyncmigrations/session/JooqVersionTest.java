package org.asyncmigrations.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JooqVersionTest {
    @Test
    void theOneOfTheseTestsIsInTheRange() {
        assertThatCode(JooqVersion::requireTested).doesNotThrowAnyException();
    }

    /** Without this test, a jOOQ that writes its version in another way would go unnoticed. */
    @Test
    void theOneOfTheseTestsIsRead() {
        assertThat(JooqVersion.frame()).matches("org\\.jooq_3\\.(19|20|21)\\..*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.jooq_3.19.0.DEFAULT", "org.jooq_3.20.18.H2", "org.jooq_3.21.9-SNAPSHOT.DEFAULT"})
    void testedVersionsPass(String frame) {
        assertThat(JooqVersion.trouble(frame)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.jooq_3.18.34.DEFAULT", "org.jooq_3.22.0.DEFAULT", "org.jooq_4.0.0.DEFAULT"})
    void othersAreRefusedInWords(String frame) {
        assertThat(JooqVersion.trouble(frame))
                .contains("jOOQ 3.19 to 3.21", frame.substring("org.jooq_".length(), frame.lastIndexOf('.')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org.jooq.impl.DSL", "org.jooq_.DEFAULT"})
    void whatCannotBeToldPasses(String frame) {
        assertThat(JooqVersion.trouble(frame)).isNull();
    }
}
