package org.asyncmigrations.processor.model;

/** A place inside a class's body, which only the printing of a finding opens. */
public interface Spot {
    /** {@return where it begins in its file, by which the findings of one class are sorted} */
    long position();

    /**
     * Prints something there.
     *
     * @param error whether it ends the compile
     * @param text what to print
     */
    void say(boolean error, String text);
}
