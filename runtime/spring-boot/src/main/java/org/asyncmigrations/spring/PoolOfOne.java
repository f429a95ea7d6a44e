package org.asyncmigrations.spring;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A pool with only one connection, which the caller's transaction may hold. In that case a call to the registry fails at once,
 * instead of waiting for the pool's timeout. Thread-safe.
 */
final class PoolOfOne extends DelegatingDataSource {
    private final DataSource pool;
    private final DataSourcePoolMetadata metadata;

    private PoolOfOne(DataSource pool, DataSourcePoolMetadata metadata) {
        super(pool);
        this.pool = pool;
        this.metadata = metadata;
    }

    /** {@return the data source, guarded if its pool has only one connection} */
    static DataSource guarded(DataSource source, DataSourcePoolMetadataProvider known) {
        DataSourcePoolMetadata metadata = known.getDataSourcePoolMetadata(source);
        return metadata != null && Objects.equals(metadata.getMax(), 1) ? new PoolOfOne(source, metadata) : source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        // Hibernate, for example, binds the resource before it takes a connection, so also check that the connection is
        // in use.
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.hasResource(pool)
                && Objects.equals(metadata.getActive(), 1)) {
            throw new SQLTransientConnectionException(
                    "the caller's transaction holds the only connection of the pool; call outside of the transaction,"
                            + " or give the pool two connections",
                    "08001");
        }
        return super.getConnection();
    }
}
