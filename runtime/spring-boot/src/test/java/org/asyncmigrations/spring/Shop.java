package org.asyncmigrations.spring;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.asyncmigrations.spring.shop.TokenVault;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tests' application. */
final class Shop {
    static final String REGISTRY = "org.asyncmigrations.spring.shop.AsyncMigrationRegistry";

    private Shop() {}

    /** Beans that the migrations need. */
    @Configuration(proxyBeanMethods = false)
    static class Vaults {
        final CountDownLatch forgotten = new CountDownLatch(1);

        @Bean
        TokenVault legacy() {
            return forgotten::countDown;
        }

        @Bean
        TokenVault current() {
            return () -> {
                throw new IllegalStateException("the wrong vault");
            };
        }
    }

    /** A context on an H2 of its own, without a web server and without anything that makes a schema. */
    static ApplicationContextRunner runner() {
        return bare().withUserConfiguration(Vaults.class).withPropertyValues("async-migrations.test-registries=true");
    }

    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class, AsyncMigrationsAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
    }
}
