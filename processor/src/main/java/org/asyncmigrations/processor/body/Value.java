package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;

/**
 * A text that an expression may have.
 *
 * @param text the text, with {@link SqlText#UNKNOWN} for what is not constant in it
 * @param at where it is written, as seen from the place that it is used in; through a helper method the caller's text
 * @param hops the calls of helper methods that it has come through
 */
record Value(String text, TreePath at, List<Hop> hops) {
    /**
     * A call of a method of the same file, to be proven before a finding rests on it.
     *
     * @param call the call
     * @param method the method that it is taken for
     */
    record Hop(TreePath call, TreePath method) {}

    static Value known(String text, TreePath at) {
        return new Value(text, at, List.of());
    }

    static Value unknown(TreePath at) {
        return known(String.valueOf(SqlText.UNKNOWN), at);
    }

    boolean isUnknown() {
        return text.length() == 1 && text.charAt(0) == SqlText.UNKNOWN;
    }

    Value withText(String other) {
        return new Value(other, at, hops);
    }

    /** The same, with what is not known behind it. */
    Value open() {
        return withText(text + SqlText.UNKNOWN);
    }

    Value plus(Value other) {
        List<Hop> all = new ArrayList<>(hops);
        all.addAll(other.hops);
        return new Value(text + other.text, at, all);
    }

    Value at(TreePath place) {
        return new Value(text, place, hops);
    }

    Value through(Hop hop) {
        List<Hop> all = new ArrayList<>(hops);
        all.add(hop);
        return new Value(text, at, all);
    }
}
