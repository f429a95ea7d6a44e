package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;
import javax.lang.model.element.ExecutableElement;
import org.asyncmigrations.sql.SqlToken;
import org.jspecify.annotations.Nullable;

/**
 * A text that an expression may have.
 *
 * @param text the text, with {@link SqlToken#UNKNOWN} for parts that aren't constant
 * @param at where it is written, as seen from its use; if it came through a helper method, the caller's text
 * @param isHanded whether it came through a helper method
 * @param parameter the parameter whose whole value it is, if other classes may call the method with a text
 */
record Value(
        String text,
        TreePath at,
        boolean isHanded,
        @Nullable Parameter parameter) {
    record Parameter(ExecutableElement method, int index) {}

    static final String UNKNOWN = String.valueOf(SqlToken.UNKNOWN);
    /** No statement is longer. A loop of {@code s += s} would not end. */
    private static final int LONGEST = 1_000_000;

    static Value known(String text, TreePath at) {
        return new Value(text, at, false, null);
    }

    static Value unknown(TreePath at) {
        return known(UNKNOWN, at);
    }

    static Value of(Parameter parameter, TreePath at) {
        return new Value(UNKNOWN, at, true, parameter);
    }

    boolean isUnknown() {
        return text.equals(UNKNOWN);
    }

    Value withText(String other) {
        return new Value(other, at, isHanded, null);
    }

    /** {@return the same text, followed by an unknown part} */
    Value open() {
        return withText(text + UNKNOWN);
    }

    Value plus(Value other) {
        return text.length() + other.text.length() > LONGEST
                ? open()
                : new Value(text + other.text, at, isHanded || other.isHanded, null);
    }

    Value at(TreePath place) {
        return new Value(text, place, isHanded, parameter);
    }

    Value handed() {
        return new Value(text, at, true, parameter);
    }
}
