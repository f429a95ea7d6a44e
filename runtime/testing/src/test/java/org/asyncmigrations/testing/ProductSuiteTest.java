package org.asyncmigrations.testing;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.asyncmigrations.testing.product.ProductSuite;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Each product that this project supports is true to what it relies on. */
class ProductSuiteTest {
    @TestFactory
    Stream<DynamicNode> postgres() throws Exception {
        return ProductSuite.of(SampleDatabase.POSTGRES.fresh()).tests();
    }

    @TestFactory
    Stream<DynamicNode> mariaDb() throws Exception {
        return ProductSuite.of(SampleDatabase.MARIADB.fresh()).tests();
    }

    /** Kept by a connection, and not by its URL, which only an administrator may set DB_CLOSE_DELAY in. */
    @TestFactory
    Stream<DynamicNode> h2() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:product-suite");
        source.setUser("sa");
        Connection keeping = source.getConnection();
        return ProductSuite.of(source).tests().onClose(() -> close(keeping));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @TestFactory
    Stream<DynamicNode> mySql() throws SQLException {
        String url = System.getProperty("mysql.url", "");
        Assumptions.assumeFalse(
                url.isEmpty(),
                "no MySQL: name one with -Dmysql.url=jdbc:mysql://127.0.0.1:3306/, whose user root needs no password");
        MysqlDataSource dataSource = new MysqlDataSource();
        dataSource.setUrl(url);
        dataSource.setAllowPublicKeyRetrieval(true);
        dataSource.setUser("root");
        return ProductSuite.of(dataSource).tests();
    }
}
