package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.Dispatch;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;
import org.springframework.test.context.support.TestPropertySourceUtils;

/** What {@code process-aot} writes starts, without the selector and without conditions. */
class AheadOfTimeTest {
    private static final String[] PROPERTIES = {
        "spring.datasource.url=jdbc:h2:mem:aot", "async-migrations.test-registries=true", "spring.main.banner-mode=off"
    };

    @Test
    @CompileWithForkedClassLoader
    void theBeansAreMadeByCodeThatIsWrittenAheadOfTime() {
        TestGenerationContext generation = new TestGenerationContext();
        AnnotationConfigApplicationContext described = new AnnotationConfigApplicationContext();
        TestPropertySourceUtils.addInlinedPropertiesToEnvironment(described, PROPERTIES);
        described.register(RegistryLifecycleTest.Application.class);
        ClassName name = new ApplicationContextAotGenerator().processAheadOfTime(described, generation);
        generation.writeGeneratedContent();

        TestCompiler.forSystem().with(generation).compile(compiled -> {
            @SuppressWarnings("unchecked")
            ApplicationContextInitializer<GenericApplicationContext> initializer =
                    compiled.getInstance(ApplicationContextInitializer.class, name.reflectionName());
            GenericApplicationContext context = new GenericApplicationContext();
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, PROPERTIES);
            initializer.initialize(context);
            context.refresh();
            try (context) {
                assertThat(context.getBean(AsyncMigrationRegistry.class)
                                .dispatch()
                                .await())
                        .isEqualTo(Dispatch.Outcome.DONE);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }
}
