package org.asyncmigrations.guard;

import java.util.Locale;

/** What a statement does to those who work with the database meanwhile, from the mildest to the worst. */
public enum Verdict {
    /** Reads and writes go on. */
    HARMLESS,
    /** Reads or writes wait, but only for an instant that does not depend on the size of a table. */
    SHORT_LOCK,
    /** It could not be run, or what it does in the throw-away database says nothing about the live one. */
    CANNOT_BE_JUDGED,
    /** Writes to a table wait for as long as its rows are read. */
    BLOCKS_WRITES,
    /** Reads and writes of a table wait for as long as its rows are read. */
    BLOCKS_READS,
    /** The whole table is written again; reads and writes usually wait meanwhile. */
    REWRITES,
    /** Something that the running release may use is gone, or is no longer what it was. */
    BREAKS_OLD_CODE;

    /** {@return its name in reports and in acceptances: {@code blocks-writes}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return whether it is so because a table is large} */
    boolean isForLong() {
        return this == BLOCKS_WRITES || this == BLOCKS_READS || this == REWRITES;
    }

    /** {@return whether somebody has to decide: it is worse than a short lock} */
    boolean needsDecision() {
        return compareTo(SHORT_LOCK) > 0;
    }
}
