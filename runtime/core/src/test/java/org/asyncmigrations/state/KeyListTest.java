package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ends of ranges are read back as they were written, in order, and never too many. */
class KeyListTest {
    private static KeyList of(String... keys) {
        return new KeyList(List.of(keys));
    }

    @Test
    void anyKeyComesBack() {
        KeyList keys = of("1", "", "a:b", "12:3|4\n", "\u00e4\ud83d\ude00", "5:");
        assertThat(KeyList.read(keys.written())).isEqualTo(keys);
        assertThat(KeyList.read(of().written())).isEqualTo(of());
    }

    @Test
    void eachKeyLeadsToTheNext() {
        KeyList keys = of("a", "b");
        assertThat(keys.after(null)).isEqualTo("a");
        assertThat(keys.after("a")).isEqualTo("b");
        assertThat(keys.after("b")).isNull();
        assertThat(keys.after("never seen")).isNull();
        assertThat(of().after(null)).isNull();
    }

    @Test
    void aLongTableKeepsSixtyFourToOneHundredTwentyEightKeysAndTheLast() {
        KeyList keys = of();
        for (int i = 0; i < 100_000; i++) {
            keys = keys.with("k" + i);
            assertThat(keys.keys().size()).isLessThanOrEqualTo(128);
            assertThat(keys.keys()).endsWith("k" + i);
        }
        assertThat(keys.keys()).hasSizeGreaterThanOrEqualTo(64).doesNotHaveDuplicates();
        assertThat(keys.keys()).isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }

    @Test
    void ofOneHundredTwentyNineEverySecondIsLeft() {
        List<String> keys = IntStream.range(0, 128).mapToObj(i -> "k" + i).toList();
        KeyList full = new KeyList(keys.subList(0, 127)).with("k127");
        assertThat(full.keys()).isEqualTo(keys);
        assertThat(full.with("k128").keys()).hasSize(65).startsWith("k0", "k2").endsWith("k126", "k128");
    }

    @Test
    void noKeyIsWrittenAsNothing() {
        assertThat(of().written()).isNull();
        assertThat(KeyList.read(null)).isEqualTo(of());
    }

    @Test
    void whatBecomesOfTheGivenListDoesNotMatter() {
        List<String> given = new ArrayList<>(List.of("a"));
        KeyList keys = new KeyList(given);
        given.add("b");
        assertThat(keys).isEqualTo(of("a"));
    }

    private static int number(String key) {
        return Integer.parseInt(key.substring(1));
    }

    @Test
    void aKeyThatIsThereIsNotAddedAgain() {
        assertThat(of("a", "b").with("a")).isEqualTo(of("a", "b"));
    }
}
