package org.asyncmigrations.processor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The message for an exception in the processor itself. */
final class Fault {
    /** Enough stack frames to find the place, and few enough to read. */
    private static final int FRAMES = 3;

    private Fault() {}

    static String text(Throwable fault) {
        String frames = Arrays.stream(fault.getStackTrace())
                .limit(FRAMES)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(", "));
        return "[ProcessorFault] async-migrations must not fail, but did with " + fault + " at " + frames
                + "; fix the other errors first if there are any; otherwise report this, with the classes involved";
    }
}
