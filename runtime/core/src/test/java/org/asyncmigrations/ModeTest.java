package org.asyncmigrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModeTest {
    @Test
    void unsetOrEmptyLeavesItToTheGate() {
        assertThat(Mode.of(Map.of())).isEqualTo(Mode.GATED);
        assertThat(Mode.of(Map.of("MODE", " "))).isEqualTo(Mode.GATED);
    }

    @Test
    void beforeAndAfterAreReadInAnyCase() {
        assertThat(Mode.of(Map.of("MODE", "before"))).isEqualTo(Mode.BEFORE);
        assertThat(Mode.of(Map.of("MODE", " After\n"))).isEqualTo(Mode.AFTER);
        assertThat(Mode.of(Map.of("ASYNC_MIGRATIONS_MODE", "AFTER"))).isEqualTo(Mode.AFTER);
    }

    @Test
    void theOwnVariableGoesBeforeTheSharedOneEvenWhenItIsEmpty() {
        assertThat(Mode.of(Map.of("ASYNC_MIGRATIONS_MODE", "before", "MODE", "production")))
                .isEqualTo(Mode.BEFORE);
        assertThat(Mode.of(Map.of("ASYNC_MIGRATIONS_MODE", "", "MODE", "after")))
                .isEqualTo(Mode.GATED);
    }

    @Test
    void anyOtherValueIsRefusedByNameWithTheWayOut() {
        assertThatThrownBy(() -> Mode.of(Map.of("MODE", "production")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "MODE=production is not a mode; use before (leave after-release migrations for later), after"
                                + " (run them), or leave it unset; if MODE belongs to other software, set"
                                + " ASYNC_MIGRATIONS_MODE (an empty value lets the gate decide), and MODE is ignored");
        assertThatThrownBy(() -> Mode.of(Map.of("ASYNC_MIGRATIONS_MODE", "later", "MODE", "after")))
                .hasMessage("ASYNC_MIGRATIONS_MODE=later is not a mode; use before (leave after-release migrations for"
                        + " later), after (run them), or leave it unset");
    }
}
