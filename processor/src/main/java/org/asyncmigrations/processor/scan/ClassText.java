package org.asyncmigrations.processor.scan;

import java.util.List;
import java.util.Set;

/**
 * The text of a class, and of what lies around it in its file.
 *
 * @param text from its first modifier or annotation to its closing brace
 * @param names its own simple name and those of the classes around it, from the inside
 * @param neighbours the members of the classes around it, and the other classes of the file, in their order
 */
record ClassText(String text, List<String> names, List<Neighbour> neighbours) {
    /**
     * Something that the class may use: a constant, a helper method, another class.
     *
     * @param names what it is called by
     * @param file the file that it is in
     * @param start where its first modifier begins
     * @param end where it ends
     */
    record Neighbour(Set<String> names, CharSequence file, int start, int end) {
        Neighbour {
            names = Set.copyOf(names);
        }

        /** {@return its text, cut out anew each time: a file may have thousands, and mostly none is asked for its own} */
        String text() {
            return file.subSequence(start, end).toString();
        }
    }

    ClassText {
        names = List.copyOf(names);
        neighbours = List.copyOf(neighbours);
    }
}
