package org.asyncmigrations.example.micronaut;

import io.micronaut.runtime.Micronaut;

/** An existing application. */
public final class ShopApplication {
    private ShopApplication() {}

    public static void main(String[] arguments) {
        Micronaut.run(ShopApplication.class, arguments);
    }
}
