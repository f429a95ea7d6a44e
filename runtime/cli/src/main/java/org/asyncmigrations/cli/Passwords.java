package org.asyncmigrations.cli;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Finds passwords where they don't belong: all users of a machine can see arguments, and URLs appear in logs. */
final class Passwords {
    static final String WAY =
            "put it in ASYNC_MIGRATIONS_PASSWORD, or in a file with the lines user=… and password=… and name the file with"
                    + " --credentials";

    private static final Pattern ARGUMENT =
            Pattern.compile("--?(password|passwd|pass|pwd)(=.*)?", Pattern.CASE_INSENSITIVE);

    /** A driver's property, such as {@code sslpassword=}, or the part between {@code //} and {@code @}. */
    private static final Pattern IN_URL =
            Pattern.compile("password\\d?\\s*=|pwd\\s*=|//[^/?;]*:[^?;]*@", Pattern.CASE_INSENSITIVE);

    private Passwords() {}

    static boolean isArgument(String[] args) {
        return Arrays.stream(args).anyMatch(arg -> ARGUMENT.matcher(arg).matches());
    }

    static boolean isInUrl(String url) {
        return IN_URL.matcher(url).find();
    }
}
