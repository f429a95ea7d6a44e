package org.asyncmigrations.console;

/** Decides who may see and order what. Called by several threads at once. */
@FunctionalInterface
public interface Authorizer {
    /** Everybody who reaches the console sees everything, and nobody may give orders. */
    Authorizer READ_ONLY = (principal, registry, order, version) -> false;

    /**
     * Whether a user may give an order. Called when the page is written, to decide whether it has a button, and again when the
     * order is given.
     *
     * @param principal the user whom the mount has authenticated; never empty: without a name, nobody gives orders
     * @param registry the registry's name
     * @param order the order
     * @param version the migration
     * @return whether the user may give it
     */
    boolean allows(String principal, String registry, Order order, long version);

    /**
     * Whether a user may see a registry. A registry that the user may not see is not listed and not found.
     *
     * @param principal the user, empty for an unknown one
     * @param registry the registry's name
     * @return true, unless overridden
     */
    default boolean sees(String principal, String registry) {
        return true;
    }
}
