package org.asyncmigrations.benchmarks.compile;

import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.benchmarks.measure.Jars;

/** AutoValue, with classes of four properties. Without factories, because they don't compile without the processor. */
record AutoValues() implements Subject {
    @Override
    public String name() {
        return "AutoValue";
    }

    @Override
    public String classPath() {
        return Jars.of("com.google.auto.value.AutoValue");
    }

    @Override
    public String processorPath() {
        return Jars.of("com.google.auto.value.processor.AutoValueProcessor");
    }

    @Override
    public Map<String, String> sources(int count) {
        Map<String, String> sources = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String area = "area" + i / 100;
            sources.put("com/acme/" + area + "/Customer" + i + ".java", """
                    package com.acme.%1$s;

                    import com.google.auto.value.AutoValue;
                    import java.time.LocalDateTime;
                    import java.util.List;

                    @AutoValue
                    public abstract class Customer%2$d {
                        public abstract long id();

                        public abstract String email();

                        public abstract List<String> phones();

                        public abstract LocalDateTime createdAt();
                    }
                    """.formatted(area, i));
        }
        return sources;
    }
}
