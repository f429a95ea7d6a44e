package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a class can be instantiated.
 *
 * @param constructors its constructors; of a record only the canonical one
 */
public record Shape(Set<Obstacle> obstacles, List<Constructor> constructors, boolean kotlin) {
    /** A reason why generated code can't instantiate a class, whatever its constructors are. */
    public enum Obstacle {
        INTERFACE,
        ANNOTATION,
        ENUM,
        ABSTRACT,
        /** An inner class: it needs an object of the class around it. */
        INNER,
        GENERIC,
        /** Code in the registry's package can't name the class, or a class around it. */
        HIDDEN
    }

    public Shape {
        obstacles = Set.copyOf(obstacles);
        constructors = List.copyOf(constructors);
    }

    /** {@return the constructors to choose from: the public one if there is exactly one, otherwise all visible ones} */
    public List<Constructor> candidates() {
        List<Constructor> open =
                constructors.stream().filter(Constructor::isPublic).toList();
        return (open.size() == 1 ? open : constructors)
                .stream().filter(Constructor::visible).toList();
    }

    /** {@return the one constructor that generated code calls; absent if there is none or a choice} */
    public Optional<Constructor> constructor() {
        boolean clear = obstacles.isEmpty() && candidates().size() == 1;
        return candidates().stream()
                .filter(candidate -> clear && candidate.isUsable())
                .findFirst();
    }
}
