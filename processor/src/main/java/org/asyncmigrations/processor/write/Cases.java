package org.asyncmigrations.processor.write;

import com.palantir.javapoet.CodeBlock;

/** A switch that returns: one case a number, and an exception for every other. */
final class Cases {
    private final CodeBlock.Builder cases = CodeBlock.builder();
    private final String selector;

    /** Over an expression of {@code index}. */
    Cases(String selector) {
        this.selector = selector;
    }

    Cases add(int number, CodeBlock result) {
        cases.add("case $L -> $L;\n", number, result);
        return this;
    }

    /** A switch without a result does not compile. */
    CodeBlock code() {
        if (cases.isEmpty()) {
            return CodeBlock.of("throw new $T(index);\n", IndexOutOfBoundsException.class);
        }
        return CodeBlock.builder()
                .add("return switch ($L) {\n", selector)
                .indent()
                .add(cases.build())
                .add("default -> throw new $T(index);\n", IndexOutOfBoundsException.class)
                .unindent()
                .add("};\n")
                .build();
    }
}
