package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.asyncmigrations.spring.shop.Services;
import org.asyncmigrations.spring.shop.TokenVault;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which registry is a bean, and what it is made with. */
class AutoConfigurationTest {
    @Test
    void theGeneratedRegistryAndItsServicesAreBeansNamedWithThePackage() {
        Shop.runner().run(context -> {
            assertThat(context).getBean(Shop.REGISTRY).isInstanceOf(AsyncMigrationRegistry.class);
            assertThat(context)
                    .getBean("org.asyncmigrations.spring.shop.Services", Services.class)
                    .extracting(Services::vault)
                    .isSameAs(context.getBean("legacy"));
        });
    }

    @Test
    void aMissingBeanFailsTheStartWithItsName() {
        Shop.bare()
                .withPropertyValues("async-migrations.test-registries=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasRootCauseMessage(
                                "No qualifying bean of type '" + TokenVault.class.getName()
                                        + "' available: expected at least 1 bean which qualifies as autowire candidate."
                                        + " Dependency annotations: {@org.springframework.beans.factory.annotation.Qualifier(\"legacy\")}")
                        .cause()
                        .isInstanceOf(CannotStartException.class)
                        .hasMessage("The parameter vault of ForgetTokens needs a bean of type '"
                                + TokenVault.class.getName() + "' that could not be found."));
    }

    @Configuration(proxyBeanMethods = false)
    static class AsksForTheRegistry {
        @Bean
        TokenVault legacy(AsyncMigrationRegistry migrations) {
            return () -> migrations.normalizeEmails().requireDone();
        }
    }

    @Test
    void aBeanThatAMigrationNeedsMayNeedTheRegistry() {
        Shop.bare()
                .withUserConfiguration(AsksForTheRegistry.class)
                .withPropertyValues("async-migrations.test-registries=true")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(AsyncMigrationRegistry.class));
    }

    @Test
    void registriesOfTestClassesAreNoBeansUnlessAskedFor() {
        Shop.bare()
                .withUserConfiguration(Shop.Vaults.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(CannotStartException.class)
                        .hasMessage("There is no registry of async migrations, neither on the class path nor as a"
                                + " bean."));
    }

    @Configuration(proxyBeanMethods = false)
    static class DeclaresIt {
        @Bean
        AsyncMigrationRegistry migrations(SpringRegistries registries) {
            return registries.build(AsyncMigrationRegistry.catalog(() -> () -> {}));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BuildsIt {
        @Bean
        AsyncMigrationRegistry migrations(DataSource dataSource) {
            return AsyncMigrationRegistry.builder(dataSource, () -> () -> {}).build();
        }
    }

    @Test
    void aRegistryThatTheApplicationDeclaresIsRunInTheSameWay() {
        for (Class<?> declares : new Class<?>[] {DeclaresIt.class, BuildsIt.class}) {
            Shop.bare().withUserConfiguration(declares).run(context -> {
                assertThat(context).hasNotFailed().hasSingleBean(MigrationRegistry.class);
                assertThat(context.getBean(RegistryLifecycle.class).isRunning()).isTrue();
            });
        }
    }

    @Test
    void disabledItMakesNoBean() {
        Shop.runner()
                .withPropertyValues("async-migrations.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(MigrationRegistry.class)
                        .doesNotHaveBean(SpringRegistries.class));
    }

    @Test
    void theKeysAreTheBuildersSettings() {
        Shop.runner()
                .withPropertyValues("async-migrations.threads=-1")
                .run(context ->
                        assertThat(context).getFailure().hasRootCauseMessage("threads must be 0 or more, but is -1"));
        Shop.runner()
                .withBean(AsyncMigrationsCustomizer.class, () -> builder -> builder.maxAttempts(0))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasRootCauseMessage("maxAttempts must be 1 or more, but is 0"));
    }

    /** What is no value is a bean: {@code throttle}, {@code gate}, {@code worker}, {@code listener}; {@code progress} is for consoles. */
    @Test
    void eachSettingOfTheBuilderHasAKey() {
        assertThat(Arrays.stream(RegistryBuilder.class.getMethods())
                        .filter(method -> method.getReturnType() == RegistryBuilder.class)
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(AsyncMigrationsProperties.class.getRecordComponents())
                                        .map(RecordComponent::getName)
                                        .filter(name -> !Set.of(
                                                        "enabled",
                                                        "dispatch",
                                                        "jobTimeout",
                                                        "testRegistries",
                                                        "formerly",
                                                        "health",
                                                        "console")
                                                .contains(name)),
                                Stream.of("throttle", "gate", "worker", "listener", "progress"))
                        .toList());
    }

    @Test
    void metersNeedMicrometerAndAMeterRegistry() {
        ApplicationContextRunner runner =
                Shop.runner().withConfiguration(AutoConfigurations.of(AsyncMigrationsMetricsAutoConfiguration.class));
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asyncMigrationsMeters"));
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asyncMigrationsMeters"));
        runner.withBean(SimpleMeterRegistry.class).run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            context.getBean(MeterBinder.class).bindTo(meters);
            assertThat(meters.get("async.migrations.status.age").gauge().getId().getTag("registry"))
                    .isEqualTo(Shop.REGISTRY);
        });
    }
}
