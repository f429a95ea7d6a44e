package org.asyncmigrations.processor.random;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.asyncmigrations.MigrationHandle;

/** What must hold for each module. */
final class Laws {
    /** A finding's name begins with a capital, a lint's of javac does not. */
    private static final Pattern FINDING = Pattern.compile("\\[([A-Z]\\w+)] .*", Pattern.DOTALL);

    private Laws() {}

    static List<String> breaches(RandomModule module, ModuleCompiler compiler) {
        ModuleCompiler.Outcome outcome;
        try {
            outcome = compiler.compile(module);
        } catch (RuntimeException e) {
            return List.of("javac ended with " + e + " for " + module.text());
        }
        List<String> breaches = new ArrayList<>();
        Set<Expected> found = findings(outcome);
        if (!found.equals(module.expected())) {
            breaches.add("found " + found);
        }
        if (outcome.succeeded() != module.isRight()) {
            breaches.add(outcome.succeeded() ? "compiled" : "not compiled");
        }
        if (module.isRight() && breaches.isEmpty()) {
            breaches.addAll(ofRightOnes(module, outcome, compiler.process(module)));
        }
        String said = outcome.diagnostics().toString();
        return breaches.stream()
                .map(breach -> breach + "\n" + said + "\n" + module.text())
                .toList();
    }

    private static List<String> ofRightOnes(
            RandomModule module, ModuleCompiler.Outcome first, ModuleCompiler.Outcome second) {
        List<String> breaches = new ArrayList<>();
        Map<String, byte[]> sources = new TreeMap<>(first.written());
        // Of the processor alone there are no classes, and so no proof that they were compiled.
        sources.keySet().removeIf(name -> name.endsWith(".class") || name.endsWith("/checked"));
        if (!sources.keySet().equals(second.written().keySet())) {
            breaches.add("other files at the second time");
        }
        sources.forEach((name, content) -> {
            if (!Arrays.equals(content, second.written().get(name))) {
                breaches.add("another " + name + " at the second time");
            }
        });
        if (!module.registry().isEmpty() && handles(module, first.written()) != module.migrations()) {
            breaches.add("not a handle for each migration");
        }
        return breaches;
    }

    private static long handles(RandomModule module, Map<String, byte[]> written) {
        try {
            Class<?> registry = new WrittenClasses(written).loadClass(module.registry());
            return Arrays.stream(registry.getDeclaredMethods())
                    .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                    .filter(m -> m.getReturnType() == MigrationHandle.class && m.getParameterCount() == 0)
                    .count();
        } catch (ClassNotFoundException | LinkageError e) {
            return -1;
        }
    }

    private static Set<Expected> findings(ModuleCompiler.Outcome outcome) {
        return outcome.diagnostics().stream()
                .map(Laws::finding)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<Expected> finding(Diagnostic<? extends JavaFileObject> diagnostic) {
        Matcher matcher = FINDING.matcher(diagnostic.getMessage(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1);
        return Optional.of(
                new Expected(name, name.equals("NoRegistryPackage") ? ModuleSketch.ANYWHERE : place(diagnostic)));
    }

    /** One without a position counts as said nowhere. */
    private static String place(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject file = diagnostic.getSource();
        return file == null || diagnostic.getLineNumber() < 1 || diagnostic.getColumnNumber() < 1
                ? ""
                : file.toUri().getSchemeSpecificPart().substring(1);
    }

    private static final class WrittenClasses extends ClassLoader {
        private final Map<String, byte[]> written;

        WrittenClasses(Map<String, byte[]> written) {
            super(WrittenClasses.class.getClassLoader());
            this.written = written;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = written.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
