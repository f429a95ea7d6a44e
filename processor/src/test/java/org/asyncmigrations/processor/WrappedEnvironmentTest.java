package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.jetbrains.jps.javac.APIWrappers;
import org.junit.jupiter.api.Test;

/** IDEs wrap what the compiler hands to processors: the sources are found through a wrapper, and what it refuses is not missed. */
class WrappedEnvironmentTest {
    private static final List<JavaFileObject> SOURCES = List.of(Samples.migration("com.acme.Plain", 20261121_093000L));

    @Test
    void intellijsWrapperIsTakenOffForTheSources() {
        Compiled compiled =
                Compiled.with(List.of(new Wrapped(APIWrappers::wrap)), SOURCES).succeeds();
        assertThat(compiled.generated()).isEqualTo(Compiled.of(SOURCES).generated());
    }

    @Test
    void anotherWrapperHidesTheSourcesAndNoMore() {
        Compiled compiled = Compiled.with(
                        List.of(new Wrapped(environment -> around(ProcessingEnvironment.class, environment))), SOURCES)
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).containsPattern("By.TRANSACTION,\\s+\"-\"");
    }

    @Test
    void aFilerThatHandsOutNoResourcesIsGoneOnWithout() {
        Compiled compiled = Compiled.with(List.of(new Wrapped(WrappedEnvironmentTest::withoutResources)), SOURCES)
                .succeeds();
        assertThat(compiled.generated().keySet()).contains("AsyncMigrationRegistry");
        assertThat(compiled.written().keySet()).noneMatch(path -> path.contains("META-INF"));
    }

    private static ProcessingEnvironment withoutResources(ProcessingEnvironment environment) {
        Filer filer = proxy(Filer.class, (proxy, method, arguments) -> {
            if (method.getName().endsWith("Resource")) {
                throw new IOException("no resources here");
            }
            return invoke(environment.getFiler(), method, arguments);
        });
        return proxy(
                ProcessingEnvironment.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getFiler") ? filer : invoke(environment, method, arguments));
    }

    private static <T> T around(Class<T> type, T target) {
        return proxy(type, (proxy, method, arguments) -> invoke(target, method, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(WrappedEnvironmentTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Wrapper {
        ProcessingEnvironment wrap(ProcessingEnvironment environment);
    }

    private static final class Wrapped extends AbstractProcessor {
        private final MigrationProcessor processor = new MigrationProcessor();
        private final Wrapper wrapper;

        Wrapped(Wrapper wrapper) {
            this.wrapper = wrapper;
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return processor.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return processor.getSupportedSourceVersion();
        }

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            processor.init(wrapper.wrap(environment));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, round);
        }
    }
}
