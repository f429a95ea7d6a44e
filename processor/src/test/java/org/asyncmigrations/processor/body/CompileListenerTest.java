package org.asyncmigrations.processor.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What javac says after the rounds. */
class CompileListenerTest {
    private static final String PACKAGE = "@Deprecated package com.acme;";

    @Test
    void aCompileIsCompleteWhenEachClassIsWritten() {
        assertThat(events(List.of(), PACKAGE, "class A { class B {} interface C {} }", "enum D { E }"))
                .containsExactly("com.acme.A", "com.acme.D", "complete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class B { int x = \"\"; }", // attribution
                "class B { int x() {} }", // flow
                "class B extends Missing {}", // headers
                "class B { void m() { new java.util.ArrayList(); } }", // a warning, under -Werror
            })
    void aCompileThatFailsIsNotComplete(String bad) {
        assertThat(events(List.of("-Xlint:all,-processing", "-Werror"), PACKAGE, "class A {}", bad))
                .endsWith("not complete");
    }

    @Test
    void withProcOnlyNothingIsAnalyzed() {
        assertThat(events(List.of("-proc:only"), PACKAGE, "class A {}")).containsExactly("not complete");
    }

    @Test
    void theListenerOfAnEarlierInitIsSilent() {
        List<String> events = new ArrayList<>();
        Compiler.javac()
                .withProcessors(new Listening(events, true))
                .compile(JavaFileObjects.forSourceString("A", "class A {}"));
        assertThat(events).containsExactly("A", "complete");
    }

    private static List<String> events(List<String> options, String packageInfo, String... classes) {
        List<String> events = new ArrayList<>();
        List<JavaFileObject> sources = Stream.concat(
                        Stream.of(JavaFileObjects.forSourceString("com.acme.package-info", packageInfo)),
                        Stream.of(classes).map(CompileListenerTest::source))
                .toList();
        Compiler.javac()
                .withOptions(options.toArray())
                .withProcessors(new Listening(events, false))
                .compile(sources);
        return events;
    }

    private static JavaFileObject source(String text) {
        return JavaFileObjects.forSourceString("com.acme." + text.split(" ")[1], "package com.acme; " + text);
    }

    /** Notes what it is told. */
    private static final class Listening extends AbstractProcessor implements CompileListener.Stages {
        private final List<String> events;
        private final boolean twice;

        Listening(List<String> events, boolean twice) {
            this.events = events;
            this.twice = twice;
        }

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            Runnable unregister = CompileListener.register(environment, this, Runnable::run);
            if (twice) {
                unregister.run();
                CompileListener.register(environment, this, Runnable::run);
            }
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public javax.lang.model.SourceVersion getSupportedSourceVersion() {
            return javax.lang.model.SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return false;
        }

        @Override
        public boolean analyzed(TypeElement type) {
            events.add(type.getQualifiedName().toString());
            return true;
        }

        @Override
        public void compiled(boolean complete) {
            events.add(complete ? "complete" : "not complete");
        }
    }
}
