package org.asyncmigrations.processor.scan;

/**
 * A token of source code.
 *
 * @param kind its kind
 * @param text its text; for a string, its value
 */
record Token(Kind kind, String text) {
    /** The kinds of tokens. Their order is part of every fingerprint, so add new ones at the end. */
    enum Kind {
        /** A name, a keyword or a number. */
        WORD,
        /** An operator or a separator. */
        SIGN,
        /** A string or a text block. */
        STRING,
        /** A character literal, as in the source. */
        CHARACTER
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}
