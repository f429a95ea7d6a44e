package org.asyncmigrations.processor.model;

/**
 * A reason why a journal can't be read.
 *
 * @param line the line, from 1; 0 for the file as a whole
 * @param column the character in the line, from 1; 0 for the file as a whole
 * @param detail the text there
 * @param other another line that is involved, 0 for none
 */
public record JournalFault(Kind kind, int line, int column, String detail, int other) {
    /** The kind of fault: in the file itself, in its bytes, a merge conflict, or in a line. */
    public enum Kind {
        /** The file can't be read at all: a directory, no permission, or a disk error. */
        FILE,
        /** Bytes that aren't UTF-8. */
        BYTES,
        CONFLICT,
        /** A line has too many or too few fields. */
        FIELDS,
        VERSION,
        PHASE,
        FINGERPRINT,
        /** A version that an earlier line has. */
        TWICE,
        /** A version lower than that of the line before. */
        ORDER
    }
}
