package org.asyncmigrations.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SentTest {
    @Test
    void whatOthersWaitForIsKnown() {
        assertThat(Stream.of(
                        "SELECT pg_try_advisory_lock(1)",
                        "select id from a for update",
                        "update a set b = 1",
                        "CREATE TABLE a (b int)"))
                .allMatch(text -> new Sent(1, text).locksOrChanges());
    }

    @Test
    void readingIsInNobodysWay() {
        assertThat(Stream.of("select updated from locks", "BEGIN", "SHOW search_path", "SET search_path = a"))
                .noneMatch(text -> new Sent(1, text).locksOrChanges());
    }

    @Test
    void whatOpensTheConnectionsIsNotCounted() {
        Sent opening = new Sent(1, MeasuredStart.FROM_HERE);
        Sent counted = new Sent(2, "select 1");
        assertThat(Sent.ofStart(List.of(new Sent(1, "SET a = b"), opening, new Sent(2, "SET a = b"), opening, counted)))
                .containsExactly(counted);
    }
}
