package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.MigrationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A test of queries alone. */
@JdbcTest(properties = {"async-migrations.test-registries=true", "spring.main.banner-mode=off"})
class TestSliceTest {
    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void aSliceHasNoMigrations(@Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(JdbcTemplate.class)).hasSize(1);
        assertThat(context.getBeansOfType(SpringRegistries.class)).isEmpty();
        assertThat(context.getBeansOfType(MigrationRegistry.class)).isEmpty();
    }
}
