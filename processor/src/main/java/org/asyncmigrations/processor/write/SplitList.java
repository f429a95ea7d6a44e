package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/**
 * A list that is spread over methods and classes, because a method may have 64 KB, and a class 65,535 constants. Up to 200 items
 * are put into the method that needs them. More are put into classes of 1,000, with a method for each 200.
 *
 * @param name the name of the classes, before their number
 * @param of the class that they belong to
 * @param items the list
 */
record SplitList<T>(String name, ClassName of, List<T> items) {
    /** Leaves room for 300 bytes an entry; descriptions are constants, and don't count. */
    private static final int METHOD = 200;
    /** An entry needs a few constants. */
    private static final int CLASS = 1_000;

    /**
     * A task for the items: one method for all of them, or several with the same signature.
     *
     * @param signature the name, the parameters and the return type; a parameter {@code index} selects one item
     * @param code the code for an item, empty for none
     * @param otherwise the code if no item is selected; null for a task that adds all items to the list {@code all}
     */
    record Task<T>(
            MethodSpec signature,
            Function<T, Optional<CodeBlock>> code,
            @Nullable CodeBlock otherwise) {
        private boolean concerns(List<T> some) {
            return some.stream().anyMatch(item -> code.apply(item).isPresent());
        }

        private String call(Object suffix) {
            return signature.parameters().stream()
                    .map(parameter -> parameter.name())
                    .collect(Collectors.joining(", ", signature.name() + suffix + "(", ")"));
        }

        private MethodSpec method(Object suffix, CodeBlock body) {
            return signature.toBuilder()
                    .setName(signature.name() + suffix)
                    .returns(signature.returnType())
                    .addModifiers(Modifier.STATIC)
                    .addCode(body)
                    .build();
        }

        /** As an array, because javac analyzes a call twice if it is an argument of another call. */
        private static CodeBlock array(Collection<CodeBlock> entries) {
            return CodeBlock.builder()
                    .add("$T[] entries = {\n$>$>", RuntimeNames.MIGRATION_ENTRY)
                    .add(entries.stream().collect(CodeBlock.joining(",\n")))
                    .add("$<$<\n};\n")
                    .build();
        }

        private CodeBlock join(String selector, SortedMap<Integer, CodeBlock> cases) {
            CodeBlock.Builder body = CodeBlock.builder();
            if (otherwise == null) {
                cases.values().forEach(body::addStatement);
            } else if (cases.isEmpty()) {
                // A switch expression without a result doesn't compile.
                body.addStatement(otherwise);
            } else {
                body.add("return switch ($L) {\n$>", selector);
                cases.forEach((number, result) -> body.add("case $L -> $L;\n", number, result));
                body.add("default -> $L;\n$<};\n", otherwise);
            }
            return body.build();
        }
    }

    boolean concerns(Task<T> task) {
        return task.concerns(items);
    }

    /** {@return the body of the method that does a task for all items} */
    CodeBlock body(Task<T> task) {
        return isWhole()
                ? body(task, 0, METHOD)
                : calls(task, 0, items.size(), CLASS, from -> CodeBlock.of("$T.$L", part(from), task.call("")));
    }

    boolean isWhole() {
        return items.size() <= METHOD;
    }

    /** {@return the classes, each with a method for each task that concerns one of its items; none for a short list} */
    List<TypeSpec> parts(List<Task<T>> tasks, Function<T, Stream<String>> warnings) {
        List<TypeSpec> parts = new ArrayList<>();
        for (int from = 0; !isWhole() && from < items.size(); from += CLASS) {
            TypeSpec.Builder type = TypeSpec.classBuilder(part(from))
                    .addJavadoc("A part of the catalog of {@link $T}.\n", of)
                    .addAnnotation(Generated.mark())
                    .addAnnotations(
                            Generated.quiet(slice(from, from + CLASS).stream().flatMap(warnings)))
                    .addModifiers(Modifier.FINAL)
                    .addMethod(Generated.noInstances());
            for (Task<T> task : tasks) {
                type.addMethods(methods(task, from, from + CLASS));
            }
            parts.add(type.build());
        }
        return parts;
    }

    private List<MethodSpec> methods(Task<T> task, int from, int to) {
        List<MethodSpec> methods = new ArrayList<>();
        if (task.concerns(slice(from, to))) {
            methods.add(task.method("", calls(task, from, to, METHOD, start -> CodeBlock.of("$L", task.call(start)))));
            for (int start = from; start < Math.min(to, items.size()); start += METHOD) {
                if (task.concerns(slice(start, start + METHOD))) {
                    CodeBlock.Builder body = body(task, start, start + METHOD).toBuilder();
                    if (task.otherwise == null) {
                        body.addStatement("all.addAll($T.of(entries))", List.class);
                    }
                    methods.add(task.method(start, body.build()));
                }
            }
        }
        return methods;
    }

    private CodeBlock body(Task<T> task, int from, int to) {
        SortedMap<Integer, CodeBlock> code = new TreeMap<>();
        for (int i = from; i < Math.min(to, items.size()); i++) {
            int index = i;
            task.code().apply(items.get(i)).ifPresent(block -> code.put(index, block));
        }
        return task.otherwise == null ? Task.array(code.values()) : task.join("index", code);
    }

    private CodeBlock calls(Task<T> task, int from, int to, int step, IntFunction<CodeBlock> call) {
        SortedMap<Integer, CodeBlock> calls = new TreeMap<>();
        for (int start = from; start < Math.min(to, items.size()); start += step) {
            if (task.concerns(slice(start, start + step))) {
                calls.put(start / step, call.apply(start));
            }
        }
        return task.join("index / " + step, calls);
    }

    private List<T> slice(int from, int to) {
        return items.subList(from, Math.min(to, items.size()));
    }

    private ClassName part(int from) {
        return of.peerClass(name + from / CLASS);
    }
}
