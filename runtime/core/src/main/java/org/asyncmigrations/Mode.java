package org.asyncmigrations;

import java.util.Locale;
import java.util.Map;

/** Whether after-release migrations run. Immutable, and so safe for threads. */
public enum Mode {
    /** {@code MODE=before}: after-release migrations are left for later. */
    BEFORE,
    /** {@code MODE=after}: after-release migrations run too; whoever says so knows that the old code is gone. */
    AFTER,
    /** Unset: the gate decides. */
    GATED;

    /** The variable that goes before {@link #SHARED_VARIABLE}. */
    public static final String VARIABLE = "ASYNC_MIGRATIONS_MODE";

    /** The variable that other software may use too; not read where {@link #VARIABLE} is set, even to nothing. */
    public static final String SHARED_VARIABLE = "MODE";

    /**
     * The mode that an environment asks for.
     *
     * @param environment usually {@link System#getenv()}
     * @return the mode; {@link #GATED} where neither variable says anything
     * @throws IllegalArgumentException for a value that is neither {@code before} nor {@code after}, in any case
     */
    public static Mode of(Map<String, String> environment) {
        boolean own = environment.containsKey(VARIABLE);
        String variable = own ? VARIABLE : SHARED_VARIABLE;
        String value = environment.getOrDefault(variable, "").strip();
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> GATED;
            case "before" -> BEFORE;
            case "after" -> AFTER;
            default -> throw new IllegalArgumentException(refusal(variable, value, own));
        };
    }

    private static String refusal(String variable, String value, boolean own) {
        String hint = own
                ? ""
                : "; if " + SHARED_VARIABLE + " belongs to other software, set " + VARIABLE
                        + " (to nothing, for the gate to decide), and " + SHARED_VARIABLE + " is not read";
        return variable + "=" + value + " is no mode; use before (leave after-release migrations for later), "
                + "after (run them), or leave it unset" + hint;
    }
}
