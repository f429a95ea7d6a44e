package org.asyncmigrations;

import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Products;
import org.jooq.DSLContext;

/** The products of tests' contexts. Not in {@link TestDatabase}, which other modules use without the runtime. */
public final class TestProducts {
    private TestProducts() {}

    /** {@return the product of a context} */
    public static Product of(DSLContext dsl) {
        return dsl.connectionResult(connection -> Products.of(connection, false));
    }
}
