package org.asyncmigrations.example.quickstart.customer;

import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Customers like those of a database that has been used for years. The same ID and edition give the same customer each time, so
 * that a check can compute what a row must contain.
 */
public final class MessyCustomers {
    private static final String[] GIVEN = {
        "Ada",
        "Björn",
        "Çiğdem",
        "Đorđe",
        "Élodie",
        "INGRID",
        "İpek",
        "Łukasz",
        "Μαρία",
        "Νικόλαος",
        "Ольга",
        "Zoë",
        "明"
    };
    private static final String[] FAMILY = {
        "Ångström", "Müller", "O'Neill", "Παππάς", "van der Berg", "Weiß", "Yılmaz", "Žižek", "Smith", "Nguyễn"
    };
    private static final String[] DOMAINS = {"example.org", "Example.COM", "mail.example.net", "BÜRO.example"};
    private static final String[] NO_NUMBER = {"n/a", "-", "ask Anna", "0", "ext. 12", "+", "see e-mail"};

    /** Any odd number would do; it makes the editions of one ID differ. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private MessyCustomers() {}

    /**
     * A customer.
     *
     * @param id the key
     * @param edition 0 for the initial row, another number for each later change of it
     * @return the customer of this edition
     */
    public static Customer of(long id, long edition) {
        SplittableRandom random = new SplittableRandom(id + edition * SPREAD);
        String given = pick(GIVEN, random);
        String family = pick(FAMILY, random);
        return new Customer(id, given + " " + family, email(id, given, family, random), phone(random));
    }

    /**
     * Keys in clusters of uneven length, with gaps between them, one of which is very wide.
     *
     * @param count how many
     * @return the keys, ascending
     */
    public static long[] ids(int count) {
        SplittableRandom random = new SplittableRandom(count);
        long[] ids = new long[count];
        long id = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (left-- == 0) {
                left = 1 + random.nextInt(60) * random.nextInt(60);
                id += random.nextInt(100) * random.nextInt(100);
            }
            id += i == count * 2L / 5 ? 4_000_000_000_000L : 1;
            ids[i] = id;
        }
        return ids;
    }

    private static @Nullable String email(long id, String given, String family, SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 3) {
            return null;
        }
        if (kind < 7) {
            return kind < 5 ? "" : "   ";
        }
        // One in twelve customers has the same address as many others.
        String box = kind < 15 ? "Info" + random.nextInt(40) : given + "." + family.replace(" ", "") + id % 100_000;
        String email = box + "@" + pick(DOMAINS, random);
        email = switch (random.nextInt(3)) {
            case 0 -> email.toUpperCase(Locale.ROOT);
            case 1 -> email.toLowerCase(Locale.ROOT);
            default -> email;
        };
        return switch (random.nextInt(40)) {
            case 0, 1, 2 -> "  " + email;
            case 3, 4 -> email + " ";
            case 5 -> email + "\t";
            default -> email;
        };
    }

    private static @Nullable String phone(SplittableRandom random) {
        int area = 20 + random.nextInt(70);
        int number = 100_000 + random.nextInt(9_000_000);
        return switch (random.nextInt(20)) {
            case 0 -> null;
            case 1 -> " ";
            case 2 -> pick(NO_NUMBER, random);
            case 3, 4, 5 -> "+49 (0)" + area + " " + number;
            case 6, 7 -> "0049-" + area + "-" + number;
            case 8, 9 -> " +44 (0)" + area + " " + number / 1000 + " " + number % 1000;
            case 10, 11, 12 -> "(0" + area + ") " + number / 100 + "-" + number % 100;
            case 13 -> "tel: 0" + area + "/" + number;
            case 14 -> Integer.toString(number);
            default -> "0" + area + " " + number;
        };
    }

    private static String pick(String[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }
}
