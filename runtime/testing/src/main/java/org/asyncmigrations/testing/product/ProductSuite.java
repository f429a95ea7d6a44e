package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicNode;

/**
 * What async migrations rely on in a database, for a {@code @TestFactory}: each fact is one test that sends real statements to the
 * server. Run it on a server that this project does not run: another version, a fork, a managed service.
 *
 * <p>The tables are made in schemas of their own (on MariaDB and MySQL databases), which are dropped after the last test. No other
 * table is read or written. The server is used by several sessions at once, and some are ended: all of them are the suite's own.
 *
 * <p>A difference from other products that is known is in the test's name; its test is skipped if the difference is there, and
 * fails if it is not. A test is also skipped, with a message, if the database user lacks a right that it needs.
 *
 * <p>Used by one thread, as a test class is.
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
     * @param dataSource gives eight connections or more at once, whose user may create schemas; it is not closed
     * @return the suite
     */
    public static ProductSuite of(DataSource dataSource) {
        return new ProductSuite(dataSource);
    }

    /**
     * Takes a server that is known to be another product for the one whose protocol it speaks, as the option of the same name on
     * the registry's builder does.
     *
     * @return this
     */
    public ProductSuite allowUnknownProduct() {
        allowsUnknownProduct = true;
        return this;
    }

    /**
     * The tests, in a container that is named after the product and version that were found.
     *
     * @return what a {@code @TestFactory} returns; closing it drops what was made, as JUnit does
     * @throws IllegalStateException when the server gives no connection, or its user may not create a schema
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
