package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicNode;

/**
 * The facts about a database that async migrations rely on, for a {@code @TestFactory}: each is a test that sends real statements
 * to the server. Run it on a server that this project doesn't test: another version, a fork, a managed service.
 *
 * <p>The tables are created in separate schemas (on MariaDB and MySQL databases), which are dropped after the last test. No other
 * table is read or written. Several sessions use the server at once, and some are ended: all of them are the suite's own.
 *
 * <p>A known difference from other products is in the test's name. That test is skipped if the difference exists, and fails if it
 * doesn't. A test is also skipped, with a message, if the database user lacks a right that it needs.
 *
 * <p>Used by one thread, like a test class.
 */
public final class ProductSuite {
    private final DataSource dataSource;
    private boolean allowsUnknownProduct;

    private ProductSuite(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * The suite for a server.
     *
     * @param dataSource gives at least eight connections at once, with a user that may create schemas; it isn't closed
     * @return the suite
     */
    public static ProductSuite of(DataSource dataSource) {
        return new ProductSuite(dataSource);
    }

    /**
     * Treats a server that is known to be another product as the one whose protocol it uses, like the option of the same name on
     * the registry's builder.
     *
     * @return this
     */
    public ProductSuite allowUnknownProduct() {
        allowsUnknownProduct = true;
        return this;
    }

    /**
     * The tests, in a container with the name of the product and version that were found.
     *
     * @return what a {@code @TestFactory} returns; closing it, as JUnit does, drops what was created
     * @throws IllegalStateException if the server gives no connection, or its user may not create a schema
     */
    public Stream<DynamicNode> tests() {
        Server server = Server.open(dataSource, allowsUnknownProduct);
        List<DynamicNode> groups = Facts.of(server.words()).stream()
                .<DynamicNode>map(group ->
                        dynamicContainer(group.name(), group.facts().stream().map(fact -> fact.test(server))))
                .toList();
        return Stream.<DynamicNode>of(dynamicContainer(server.title(), groups)).onClose(server::close);
    }
}
