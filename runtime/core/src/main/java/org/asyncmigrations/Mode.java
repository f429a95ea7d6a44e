package org.asyncmigrations;

import java.util.Locale;
import java.util.Map;

/** Whether after-release migrations run. */
public enum Mode {
    /** {@code MODE=before}: after-release migrations don't run in this instance. */
    BEFORE,
    /** {@code MODE=after}: after-release migrations run in their turn, and no gate is asked. Use it only if the old code is gone. */
    AFTER,
    /** Unset: the gate decides. */
    GATED;

    /** The variable that overrides {@link #SHARED_VARIABLE}. */
    public static final String VARIABLE = "ASYNC_MIGRATIONS_MODE";

    /** A variable that other software may use too. It isn't read if {@link #VARIABLE} is set, even to nothing. */
    public static final String SHARED_VARIABLE = "MODE";

    /**
     * The mode in an environment.
     *
     * @param environment usually {@link System#getenv()}
     * @return the mode; {@link #GATED} if both variables are unset or empty
     * @throws IllegalArgumentException for a value other than {@code before} and {@code after}; case doesn't matter
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
                        + " (an empty value lets the gate decide), and " + SHARED_VARIABLE + " is ignored";
        return variable + "=" + value + " is not a mode; use before (leave after-release migrations for later), after"
                + " (run them), or leave it unset" + hint;
    }
}
