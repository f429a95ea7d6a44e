package org.asyncmigrations.spring;

import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Finds the data source for the registry's own connections: the marked one, or else the one that Spring would inject. It is
 * unwrapped from proxies that bind connections to the caller's transaction or thread.
 *
 * @param marked the data sources with {@link AsyncMigrationsDataSource}
 * @param all all data sources
 */
record RawDataSource(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
    private static final Logger LOG = LoggerFactory.getLogger(RawDataSource.class);

    DataSource find() {
        try {
            DataSource found = marked.getIfAvailable();
            return unwrapped(found == null ? all.getObject() : found);
        } catch (NoUniqueBeanDefinitionException several) {
            throw new CannotStartException(
                    "The migrations need one data source, but there are several: "
                            + String.join(
                                    ", ", several.getBeanNamesFound() == null ? List.of() : several.getBeanNamesFound())
                            + ".",
                    "Annotate the one that the migrations should use with @AsyncMigrationsDataSource.",
                    several);
        } catch (NoSuchBeanDefinitionException missing) {
            throw new CannotStartException(
                    "The migrations need a data source, but there is no bean of type 'javax.sql.DataSource'.",
                    "Set spring.datasource.url, define a bean of type 'javax.sql.DataSource', or set"
                            + " async-migrations.enabled=false.",
                    missing);
        }
    }

    /** Other wrappers are kept: they measure, or set something that the application needs. */
    private static DataSource unwrapped(DataSource source) {
        DataSource target = source;
        if (source instanceof TransactionAwareDataSourceProxy || source instanceof LazyConnectionDataSourceProxy) {
            target = ((DelegatingDataSource) source).getTargetDataSource();
        } else if (source instanceof AbstractRoutingDataSource routing) {
            target = ofRouting(routing);
        }
        return target == null || target == source ? source : unwrapped(target);
    }

    /**
     * {@return the default target} Which other target is used depends on the thread, but the state of the migrations is in one
     * database.
     */
    private static DataSource ofRouting(AbstractRoutingDataSource routing) {
        DataSource target = routing.getResolvedDefaultDataSource();
        if (target == null) {
            throw new CannotStartException(
                    "The data source of the migrations routes to "
                            + routing.getResolvedDataSources().keySet()
                            + " by the calling thread, and has no default target: the migrations would work on another"
                            + " database each time.",
                    "Annotate the data source of one of these databases with @AsyncMigrationsDataSource, or declare a"
                            + " bean for each registry, with its own data source.",
                    null);
        }
        LOG.info("async migrations use only the default target of the routing data source");
        return target;
    }
}
