package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What decides whether an object can be made of a class.
 *
 * @param constructors its constructors; of a record the canonical one alone
 */
public record Shape(Set<Obstacle> obstacles, List<Constructor> constructors, boolean kotlin) {
    /** What keeps a class from being made by generated code, whatever its constructors are. */
    public enum Obstacle {
        INTERFACE,
        ANNOTATION,
        ENUM,
        ABSTRACT,
        /** It belongs to an object of another class. */
        INNER,
        GENERIC,
        /** It, or a class around it, cannot be named in the registry's package. */
        HIDDEN
    }

    public Shape {
        obstacles = Set.copyOf(obstacles);
        constructors = List.copyOf(constructors);
    }

    /** {@return the constructors that generated code could mean: the public one if there is one, else all that it can see} */
    public List<Constructor> candidates() {
        List<Constructor> open =
                constructors.stream().filter(Constructor::isPublic).toList();
        return (open.size() == 1 ? open : constructors)
                .stream().filter(Constructor::visible).toList();
    }

    /** {@return the one constructor that generated code calls, absent if there is none or a choice} */
    public Optional<Constructor> constructor() {
        boolean clear = obstacles.isEmpty() && candidates().size() == 1;
        return candidates().stream()
                .filter(candidate -> clear && candidate.isUsable())
                .findFirst();
    }
}
