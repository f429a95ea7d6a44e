package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.junit.jupiter.api.Test;

/** A processor that is at fault itself says so in one message; the compiler's own stack would help nobody. */
class FaultTest {
    @Test
    void aFaultIsOneErrorThatAsksToBeReported() {
        Compiled compiled =
                Compiled.with(List.of(new Disturbed()), List.of(Samples.migration("com.acme.Plain", 20261121_093000L)));
        assertThat(compiled.diagnostics())
                .startsWith("error: [ProcessorFault] async-migrations must not fail, but did with"
                        + " java.lang.IllegalStateException: disturbed at ")
                .contains("report this")
                .hasLineCount(1);
    }

    /** Ours, in a compiler whose element utilities fail. */
    private static final class Disturbed extends AbstractProcessor {
        private final MigrationProcessor processor = new MigrationProcessor();

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
            Elements elements = proxy(Elements.class, (proxy, method, arguments) -> {
                throw new IllegalStateException("disturbed");
            });
            processor.init(proxy(
                    ProcessingEnvironment.class,
                    (proxy, method, arguments) -> method.getName().equals("getElementUtils")
                            ? elements
                            : method.invoke(environment, arguments)));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, round);
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}
