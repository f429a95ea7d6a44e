package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Which data source the migrations work on. */
class RawDataSourceTest {
    private static final DataSource RAW = new JdbcDataSource();
    private static final DataSource OTHER = new JdbcDataSource();

    private static DataSource found(DataSource primary) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("dataSource", primary);
        ObjectProvider<DataSource> all = beans.getBeanProvider(DataSource.class);
        ObjectProvider<DataSource> marked = new DefaultListableBeanFactory().getBeanProvider(DataSource.class);
        return new RawDataSource(marked, all).find();
    }

    private static AbstractRoutingDataSource routing() {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return "eu";
            }
        };
        routing.setTargetDataSources(Map.of("eu", OTHER));
        return routing;
    }

    @Test
    void proxiesThatJoinTheCallersTransactionAreTakenOff() {
        assertThat(found(new TransactionAwareDataSourceProxy(RAW))).isSameAs(RAW);
        assertThat(found(new LazyConnectionDataSourceProxy(RAW))).isSameAs(RAW);
        assertThat(found(new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(RAW))))
                .isSameAs(RAW);
    }

    @Test
    void ofARoutingDataSourceTheDefaultTargetIsTaken() {
        AbstractRoutingDataSource routing = routing();
        routing.setDefaultTargetDataSource(RAW);
        routing.afterPropertiesSet();

        assertThat(found(new LazyConnectionDataSourceProxy(routing))).isSameAs(RAW);
    }

    @Test
    void aRoutingDataSourceWithoutADefaultIsAnErrorThatNamesItsTargets() {
        AbstractRoutingDataSource routing = routing();
        routing.afterPropertiesSet();

        assertThatThrownBy(() -> found(routing))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("routes to [eu]");
    }

    /** Two databases. */
    @Configuration(proxyBeanMethods = false)
    static class Two {
        @Bean
        DataSource orders() {
            return h2("orders");
        }

        @Bean
        DataSource reports() {
            return h2("reports");
        }
    }

    /** Two, of which Spring injects one and the migrations work on the other. */
    @Configuration(proxyBeanMethods = false)
    static class Marked {
        @Bean
        @Primary
        DataSource orders() {
            return h2("orders");
        }

        @Bean
        @AsyncMigrationsDataSource
        DataSource reports() {
            return h2("reports");
        }
    }

    /** Two, of which Spring injects one. */
    @Configuration(proxyBeanMethods = false)
    static class Primaries {
        @Bean
        @Primary
        DataSource orders() {
            return h2("orders");
        }

        @Bean
        DataSource reports() {
            return h2("reports");
        }
    }

    private static JdbcDataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name);
        return source;
    }

    private static ApplicationContextRunner with(Class<?> sources) {
        return Shop.runner().withUserConfiguration(sources);
    }

    @Test
    void twoDataSourcesWithoutAMarkerAreAnErrorThatNamesBoth() {
        with(Two.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .message()
                        .as("Spring's")
                        .contains("orders,reports"));
        with(Two.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "The migrations need one data source, but there are several: orders, reports."));
    }

    /** Of the marked one Spring's qualifier tells; of the other {@code @Primary}. */
    @Test
    void theMarkedOneIsTakenElseTheOneThatSpringInjects() {
        with(Marked.class)
                .withBean(Asking.class)
                .run(context -> assertThat(url(context.getBean(Asking.class))).isEqualTo("jdbc:h2:mem:reports"));
        with(Primaries.class)
                .withBean(Asking.class)
                .run(context -> assertThat(url(context.getBean(Asking.class))).isEqualTo("jdbc:h2:mem:orders"));
    }

    /** Asks as the auto-configuration does. */
    record Asking(@AsyncMigrationsDataSource ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {}

    private static String url(Asking asking) {
        return ((JdbcDataSource) new RawDataSource(asking.marked(), asking.all()).find()).getURL();
    }
}
