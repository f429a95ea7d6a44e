package org.asyncmigrations.processor.body;

import com.sun.source.util.Trees;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Spot;

/** The bodies of classes, where the compiler hands them out: javac does, ecj does not. */
public interface Bodies {
    /** A compiler that hands out no body. */
    Bodies NONE = (type, origin, sought) -> Statements.NONE;

    /** What is looked for: a look costs, so nobody looks for what no rule asks for. */
    enum Sought {
        /** Statements that change the schema. */
        SCHEMA_CHANGES,
        /** Statements that change all rows of a table. */
        UNBOUNDED_CHANGES,
        /** What {@code migrate} of a batch migration does with its batch. */
        BATCH_USE,
        /** What {@code backfill} of a back-fill leaves out. */
        BACKFILL
    }

    /**
     * Reads the body of a class, nested classes included.
     *
     * @param type the class
     * @param origin its origin
     * @param sought what to look for
     * @return what is found, in the order in which it is written
     */
    Statements read(TypeElement type, Origin origin, Set<Sought> sought);

    /**
     * Finds a value of one of several annotations of the same type on a class, which javac itself cannot place.
     *
     * @param type the class
     * @param annotation the annotation's simple name
     * @param index which of them
     * @param name the value's name
     * @return the place of the value
     */
    default Optional<Spot> spotOf(TypeElement type, String annotation, int index, String name) {
        return Optional.empty();
    }

    /**
     * The bodies of a compile.
     *
     * @param environment the compiler's
     * @return its bodies, or none
     */
    static Bodies of(ProcessingEnvironment environment) {
        try {
            return new JavacBodies(Trees.instance(environment), environment.getElementUtils());
        } catch (IllegalArgumentException | LinkageError e) {
            return NONE;
        }
    }
}
