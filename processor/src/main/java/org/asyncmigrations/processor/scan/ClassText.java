package org.asyncmigrations.processor.scan;

import java.util.List;
import java.util.Set;

/**
 * The text of a class, and its neighbours in the file.
 *
 * @param text from its first modifier or annotation to its closing brace
 * @param names its own simple name and those of the classes around it, from the inside out
 * @param neighbours the members of the classes around it, and the other classes of the file, in their order
 */
record ClassText(String text, List<String> names, List<Neighbour> neighbours) {
    /**
     * A declaration that the class may use: a constant, a helper method, or another class.
     *
     * @param names the names by which it can be used
     * @param file the text of the file
     * @param start the position of its first modifier
     * @param end the position of its end
     */
    record Neighbour(Set<String> names, CharSequence file, int start, int end) {
        Neighbour {
            names = Set.copyOf(names);
        }

        /**
         * {@return its text, cut out at each call, because a file may have thousands of neighbours, most of which aren't used}
         */
        String text() {
            return file.subSequence(start, end).toString();
        }
    }

    ClassText {
        names = List.copyOf(names);
        neighbours = List.copyOf(neighbours);
    }
}
