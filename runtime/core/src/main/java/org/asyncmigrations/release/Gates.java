package org.asyncmigrations.release;

import java.time.Duration;
import java.util.Locale;

/** The built-in gates. They add to the check of the instances, which always applies. All are thread-safe. */
public final class Gates {
    private Gates() {}

    /**
     * A minimum time after a migration was first seen in the database. If the first release with this library has this gate, it
     * declares that older instances, which are in no table, are gone by then.
     *
     * @param time longer than a deployment ever takes
     * @return the gate
     * @throws IllegalArgumentException if it isn't positive
     */
    public static Gate minimumTime(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("minimumTime must be more than zero, but is " + time);
        }
        GateAnswer notYet = GateAnswer.notYet("waits for " + words(time) + " from its registration");
        return run -> run.registeredAt().plus(time).isAfter(run.now()) ? notYet : GateAnswer.open();
    }

    /** {@return such as "1h 30m"} */
    static String words(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT).replaceAll("([hm])(?=.)", "$1 ");
    }
}
