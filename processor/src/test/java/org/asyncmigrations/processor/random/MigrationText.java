package org.asyncmigrations.processor.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a sketch down. All is named in full: its own name, or its neighbour's, may be {@code String}. */
record MigrationText(MigrationSketch sketch) {
    private static final String API = "org.asyncmigrations.";

    String file() {
        String text = type();
        for (int i = sketch.holders.size() - 1; i >= 0; i--) {
            text = "public " + (i > 0 ? "static " : "") + "class " + sketch.holders.get(i) + " {\n" + text + "\n}";
        }
        String declaration = sketch.packageName.isEmpty() ? "" : "package " + sketch.packageName + ";\n\n";
        return declaration + text + "\n";
    }

    private String type() {
        return annotations() + sketch.access + sketch.modifiers + sketch.form + " " + sketch.name
                + sketch.typeParameters + (sketch.form.equals("record") ? "(int size)" : "") + heritage() + " {\n"
                + (sketch.form.equals("enum") ? "ONE;\n" : "") + constructors() + methods() + "}";
    }

    private String annotations() {
        List<String> values = new ArrayList<>();
        values.add("version = " + Words.number(sketch.version, sketch.spelling));
        if (sketch.description != null) {
            values.add("description = " + Words.literal(sketch.description));
        }
        List<String> after = Stream.concat(
                        sketch.after.stream().map(MigrationSketch::fullName), sketch.alsoAfter.stream())
                .map(type -> type + ".class")
                .toList();
        if (!after.isEmpty()) {
            values.add("after = " + (after.size() == 1 ? after.get(0) : "{" + String.join(", ", after) + "}"));
        }
        if (!sketch.transactional) {
            values.add("transactional = false");
        }
        String text = "@" + API + (sketch.afterRelease ? "AfterRelease" : "AsyncMigration") + "("
                + String.join(", ", values) + ")\n";
        if (sketch.secondPhase) {
            text += "@" + API + "AfterRelease(version = " + sketch.version + "L)\n";
        }
        return text + marker() + suppressed();
    }

    private String marker() {
        if (sketch.marker == null) {
            return "";
        }
        String by = API + "By." + sketch.marker;
        return "@" + API + "Idempotent("
                + (sketch.because == null ? by : "value = " + by + ", because = " + Words.literal(sketch.because))
                + ")\n";
    }

    private String suppressed() {
        return sketch.suppressed.isEmpty()
                ? ""
                : sketch.suppressed.stream()
                        .map(Words::literal)
                        .collect(Collectors.joining(", ", "@java.lang.SuppressWarnings({", "})\n"));
    }

    private String heritage() {
        List<String> interfaces = new ArrayList<>();
        if (sketch.base == null) {
            add(interfaces, sketch.data, "DataMigration");
            add(interfaces, sketch.batch, "BatchMigration");
        }
        add(interfaces, sketch.guarded, "Guarded");
        add(interfaces, sketch.verified, "Verified");
        if (sketch.form.equals("@interface")) {
            return "";
        }
        String keyword = sketch.form.equals("interface") ? " extends " : " implements ";
        if (sketch.missingType != null) {
            interfaces.add(sketch.missingType);
        }
        return (sketch.base == null ? "" : " extends " + sketch.base)
                + (interfaces.isEmpty() ? "" : keyword + String.join(", ", interfaces));
    }

    private static void add(List<String> interfaces, boolean wanted, String name) {
        if (wanted) {
            interfaces.add(API + name);
        }
    }

    private String constructors() {
        boolean own = !sketch.parameters.isEmpty()
                || !sketch.moreConstructors.isEmpty()
                || !sketch.constructorAccess.equals("public ");
        if (!sketch.form.equals("class") || !own) {
            return "";
        }
        return sketch.constructorAccess + sketch.name + "(" + String.join(", ", sketch.parameters) + ") {}\n"
                + sketch.moreConstructors.replace("#", sketch.name);
    }

    private String methods() {
        if (!sketch.form.matches("class|enum|record")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        if (sketch.data && sketch.base == null) {
            text.append("public void migrate(" + API + "MigrationRun run) {\n" + sketch.body + "}\n");
        }
        if (sketch.batch && sketch.base == null) {
            text.append("public " + API + "BatchKey key() { return " + API + "BatchKey.of("
                    + "org.jooq.impl.DSL.table(\"t\"), org.jooq.impl.DSL.field(\"id\", java.lang.Long.class)); }\n");
            text.append("public long migrate(" + API + "RowBatch batch) {\n" + sketch.body + "return 0;\n}\n");
        }
        if (sketch.pending && sketch.base == null) {
            text.append("public org.jooq.Condition pending() { return org.jooq.impl.DSL.trueCondition(); }\n");
        }
        if (sketch.guarded) {
            text.append("public boolean isDone(" + API + "MigrationRun run) { return true; }\n");
        }
        if (sketch.verified) {
            text.append("public org.jooq.Select<?> violations() { return org.jooq.impl.DSL.selectOne(); }\n");
        }
        return text.toString();
    }
}
