package org.asyncmigrations.example.threereleases.driver;

/**
 * One of the builds. Immutable.
 *
 * @param number its number
 * @param folder where it was built
 */
record Release(int number, String folder) {
    static final Release ONE = new Release(1, "release-1");

    static final Release TWO = new Release(2, "release-2");

    static final Release THREE = new Release(3, "release-3");

    /** Takes release 2 back instead. */
    static final Release THREE_UNDONE = new Release(3, "release-3-undone");

    @Override
    public String toString() {
        return "release " + number;
    }
}
