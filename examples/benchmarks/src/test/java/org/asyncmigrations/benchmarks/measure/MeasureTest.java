package org.asyncmigrations.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void oneRunThatWasDisturbedMovesNoMedian() {
        assertThat(Median.of(List.of(3.0, 900.0, 1.0), run -> run)).isEqualTo(3.0);
        assertThat(Median.of(List.of(4.0, 2.0), run -> run)).isEqualTo(3.0);
    }

    @Test
    void eachRoundBeginsWithAnotherCase() throws Exception {
        List<String> ran = new ArrayList<>();
        Map<String, Callable<Integer>> cases = new LinkedHashMap<>();
        List.of("a", "b", "c")
                .forEach(name -> cases.put(name, () -> {
                    ran.add(name);
                    return ran.size();
                }));
        assertThat(new Rotation(2).run("test", cases))
                .containsExactly(
                        Map.entry("a", List.of(1, 6)), Map.entry("b", List.of(2, 4)), Map.entry("c", List.of(3, 5)));
        assertThat(ran).containsExactly("a", "b", "c", "b", "c", "a");
    }

    @Test
    void figuresEndOnOneLineInATable() {
        assertThat(new Table("what", "s").row("a", Table.figure(1234.5, 1)).row("bcdef", Table.figure(Double.NaN, 1)))
                .hasToString("""
                        | what  |       s |
                        |-------|---------|
                        | a     | 1,234.5 |
                        | bcdef |       – |
                        """);
    }

    @Test
    void anArgumentThatNobodyKnowsIsRefused() {
        Arguments arguments = Arguments.of(List.of("--runs=3", "--sizes=10,20"), List.of("runs", "sizes"));
        assertThat(arguments.number("runs", 7)).isEqualTo(3);
        assertThat(arguments.numbers("sizes", List.of())).containsExactly(10, 20);
        assertThatThrownBy(() -> Arguments.of(List.of("--run=3"), List.of("runs")))
                .hasMessageContaining("--run=3");
    }
}
