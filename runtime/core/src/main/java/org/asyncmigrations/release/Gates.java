package org.asyncmigrations.release;

import java.time.Duration;
import java.util.Locale;

/** The gates that come with the runtime, beside that of the instances, which is always there. Each is safe for threads. */
public final class Gates {
    private Gates() {}

    /**
     * A minimum time: after-release migrations wait so long from when they were first seen in the database. Given to the first
     * release that has this library it says that older instances, of which no table tells, are gone by then.
     *
     * @param time longer than a deployment ever takes
     * @return the gate
     * @throws IllegalArgumentException when it is not longer than nothing
     */
    public static Gate minimumTime(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("minimumTime must be longer than nothing, and is " + time);
        }
        GateAnswer notYet = GateAnswer.notYet("waits for " + words(time) + " from its registration");
        return run -> run.registeredAt().plus(time).isAfter(run.now()) ? notYet : GateAnswer.open();
    }

    /** {@return such as "1h 30m"} */
    static String words(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT).replaceAll("([hm])(?=.)", "$1 ");
    }
}
