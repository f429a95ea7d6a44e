package org.asyncmigrations.console;

/** Decides who may see and order what. Asked by several threads at once. */
@FunctionalInterface
public interface Authorizer {
    /** Everybody who reaches the console sees all, and nobody orders anything. */
    Authorizer READ_ONLY = (principal, registry, order, version) -> false;

    /**
     * Whether somebody may give an order. Asked when the page is written, to show the button, and again when the order is given.
     *
     * @param principal who, as the mount has authenticated them; never empty: nobody without a name gives orders
     * @param registry the registry's name
     * @param order what
     * @param version the migration
     * @return whether they may
     */
    boolean allows(String principal, String registry, Order order, long version);

    /**
     * Whether somebody may see a registry. One that they may not see is not listed and not found.
     *
     * @param principal who, empty for nobody in particular
     * @param registry the registry's name
     * @return true, unless overridden
     */
    default boolean sees(String principal, String registry) {
        return true;
    }
}
