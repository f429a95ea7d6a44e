package org.asyncmigrations.testing.product;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Values of keys, all different: special ones, and random ones that are the same each time. Stateless. */
final class KeyValues {
    /** The prefix of the text of bytes. */
    static final String HEX = "0x";

    private static final int COUNT = 30;

    private static final List<String> WORDS = List.of("a", "A", "ä", "z", "ß", "é", "Ž", "Z", "_", "b c", "it's");

    private KeyValues() {}

    private static List<String> values(List<String> odd, Supplier<String> random) {
        Set<String> values = new LinkedHashSet<>(odd);
        while (values.size() < COUNT) {
            values.add(random.get());
        }
        return List.copyOf(values);
    }

    /** {@return whole numbers of this many bits; all positive if unsigned} */
    static List<String> integers(int bits, boolean signed) {
        Random random = new Random(bits);
        BigInteger span = BigInteger.ONE.shiftLeft(bits);
        BigInteger least = signed ? span.shiftRight(1).negate() : BigInteger.ZERO;
        BigInteger most = least.add(span).subtract(BigInteger.ONE);
        return values(
                List.of(least.toString(), most.toString(), "0", "1", "9", "10"),
                () -> least.add(new BigInteger(bits, random)).toString());
    }

    static List<String> decimals(boolean signed) {
        Random random = new Random(3);
        List<String> odd = signed
                ? List.of(
                        "-0.000001",
                        "0",
                        "0.000001",
                        "-999999999999999999999999.999999",
                        "999999999999999999999999.999999",
                        "10",
                        "9")
                : List.of("0", "0.000001", "999999999999999999999999.999999", "10", "9");
        return values(odd, () -> {
            BigDecimal value = new BigDecimal(new BigInteger(60, random), 6);
            return (signed && random.nextBoolean() ? value.negate() : value).toPlainString();
        });
    }

    /** {@return texts that a Latin character set can store, distinguished by a number} */
    static List<String> words() {
        Random random = new Random(5);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            words.add(WORDS.get(i % WORDS.size()) + (random.nextBoolean() ? "-" : " ") + i);
        }
        return words;
    }

    /** {@return the same, with texts that need Unicode} */
    static List<String> unicode() {
        List<String> words = new ArrayList<>(words());
        words.addAll(List.of("Ÿ|1", "😀 2", "\\3", "日本 4", "\"5\"", "Ω6", "𝛀7"));
        return words;
    }

    /** {@return UUIDs of three versions; MariaDB refuses some that have no valid version, and sorts each version in its own way} */
    static List<String> uuids() {
        Random random = new Random(7);
        List<Long> versions = List.of(0x1000L, 0x4000L, 0x7000L);
        return values(
                List.of(new UUID(0, 0).toString()),
                () -> new UUID(
                                random.nextLong() & ~0xF000L | versions.get(random.nextInt(3)),
                                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE)
                        .toString());
    }

    static List<String> dates(String... odd) {
        Random random = new Random(11);
        return values(
                List.of(odd),
                () -> LocalDate.of(1900, 1, 1).plusDays(random.nextInt(70_000)).toString());
    }

    /** {@return times with this many decimal places of a second, some in the hours that Berlin and New York skip or repeat} */
    static List<String> times(int digits, String zone, String... odd) {
        Random random = new Random(13);
        DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss." + "S".repeat(digits));
        List<String> all = new ArrayList<>(List.of(odd));
        for (LocalDateTime change : List.of(
                LocalDateTime.of(2026, 3, 29, 2, 30),
                LocalDateTime.of(2026, 10, 25, 2, 30),
                LocalDateTime.of(2026, 3, 8, 2, 30),
                LocalDateTime.of(2026, 11, 1, 1, 30))) {
            all.add(form.format(change) + zone);
            all.add(form.format(change.plusNanos(999_999_000)) + zone);
        }
        return values(
                all,
                () -> form.format(LocalDateTime.of(1980, 1, 1, 0, 0)
                                .plusSeconds(random.nextInt(1_500_000_000))
                                .plusNanos(random.nextInt(1_000_000) * 1_000L))
                        + zone);
    }

    /** {@return bytes in hexadecimal, of several lengths or of one} */
    static List<String> bytes(String before, int shortest, int longest) {
        Random random = new Random(17);
        return values(List.of(), () -> {
            byte[] bytes = new byte[shortest + random.nextInt(longest - shortest + 1)];
            random.nextBytes(bytes);
            bytes[0] = random.nextInt(4) == 0 ? (byte) 0xFF : bytes[0];
            return before + HexFormat.of().formatHex(bytes);
        });
    }
}
