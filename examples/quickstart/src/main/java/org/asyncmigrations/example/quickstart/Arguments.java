package org.asyncmigrations.example.quickstart;

import java.util.Locale;

/**
 * The arguments of the command line.
 *
 * @param postgres whether to use the embedded PostgreSQL instead of H2
 * @param rows how many customers there are at first
 */
record Arguments(boolean postgres, int rows) {
    private static final String USAGE = "; use [h2|postgres] [--rows N], N from 1,000 to 10,000,000";

    static Arguments of(String... arguments) {
        boolean postgres = false;
        int rows = 1_000_000;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i].toLowerCase(Locale.ROOT)) {
                case "h2" -> postgres = false;
                case "postgres" -> postgres = true;
                case "--rows" -> rows = rows(++i < arguments.length ? arguments[i] : "nothing");
                default -> throw new IllegalArgumentException("unknown argument " + arguments[i] + USAGE);
            }
        }
        return new Arguments(postgres, rows);
    }

    private static int rows(String written) {
        String digits = written.replace(",", "").replace("_", "");
        int rows = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
        if (rows < 1_000 || rows > 10_000_000) {
            throw new IllegalArgumentException("--rows may not be " + written + USAGE);
        }
        return rows;
    }
}
