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
     * @param text from its first modifier to its end
     */
    record Neighbour(Set<String> names, String text) {
        Neighbour {
            names = Set.copyOf(names);
        }
    }

    ClassText {
        names = List.copyOf(names);
        neighbours = List.copyOf(neighbours);
    }
}
