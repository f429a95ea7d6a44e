package org.asyncmigrations.processor.write;

import com.palantir.javapoet.CodeBlock;

/** A switch that returns: one case a number, and an exception or a default for every other. */
final class Cases {
    private final CodeBlock otherwise;
    private final CodeBlock.Builder cases = CodeBlock.builder();
    private final String selector;

    /** Over an expression of {@code index}. */
    Cases(String selector) {
        this(selector, CodeBlock.of("throw new $T(index)", IndexOutOfBoundsException.class));
    }

    /** Over an expression of {@code index}, with what is done for every other number. */
    Cases(String selector, CodeBlock otherwise) {
        this.selector = selector;
        this.otherwise = otherwise;
    }

    boolean isEmpty() {
        return cases.isEmpty();
    }

    Cases add(int number, CodeBlock result) {
        cases.add("case $L -> $L;\n", number, result);
        return this;
    }

    /** A switch without a result does not compile. */
    CodeBlock code() {
        if (cases.isEmpty()) {
            return CodeBlock.of("$L;\n", otherwise);
        }
        return CodeBlock.builder()
                .add("return switch ($L) {\n", selector)
                .indent()
                .add(cases.build())
                .add("default -> $L;\n", otherwise)
                .unindent()
                .add("};\n")
                .build();
    }
}
