package org.asyncmigrations.processor.scan;

/**
 * The smallest part of source code that means something.
 *
 * @param kind what it is
 * @param text as it is written; of a string its value
 */
record Token(Kind kind, String text) {
    /** What a token is. The order is part of every fingerprint: add at the end. */
    enum Kind {
        /** A name, a keyword or a number. */
        WORD,
        /** An operator or a separator. */
        SIGN,
        /** A string or a text block. */
        STRING,
        /** A character literal, as it is written. */
        CHARACTER
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }
}
