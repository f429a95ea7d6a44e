package org.asyncmigrations.processor.model;

/**
 * What keeps a journal from being read.
 *
 * @param line the line, from 1; 0 for the file as a whole
 * @param column the character in it, from 1; 0 for the file as a whole
 * @param detail what is there
 * @param other another line that it has to do with, 0 for none
 */
public record JournalFault(Kind kind, int line, int column, String detail, int other) {
    /** What is wrong: the file itself, its bytes, a conflict that a merge has left behind, or what a line says. */
    public enum Kind {
        /** A file that cannot be read at all: a directory, no permission, a disk that fails. */
        FILE,
        /** Bytes that are no UTF-8. */
        BYTES,
        CONFLICT,
        /** More fields than a line has, or fewer. */
        FIELDS,
        VERSION,
        PHASE,
        FINGERPRINT,
        /** A version that an earlier line has. */
        TWICE,
        /** A version below that of the line before. */
        ORDER
    }
}
