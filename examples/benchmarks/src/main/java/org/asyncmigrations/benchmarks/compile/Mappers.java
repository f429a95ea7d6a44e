package org.asyncmigrations.benchmarks.compile;

import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.benchmarks.measure.Jars;

/** MapStruct, with mappers between two nested beans of three properties. */
record Mappers() implements Subject {
    @Override
    public String name() {
        return "MapStruct";
    }

    @Override
    public String classPath() {
        return Jars.of("org.mapstruct.Mapper");
    }

    @Override
    public String processorPath() {
        return Jars.of("org.mapstruct.ap.MappingProcessor");
    }

    @Override
    public Map<String, String> sources(int count) {
        Map<String, String> sources = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String area = "area" + i / 100;
            sources.put("com/acme/" + area + "/CustomerMapper" + i + ".java", """
                    package com.acme.%1$s;

                    import org.mapstruct.Mapper;
                    import org.mapstruct.Mapping;

                    @Mapper
                    public interface CustomerMapper%2$d {
                        @Mapping(source = "email", target = "mail")
                        Shown shown(Stored customer);

                    %3$s
                    %4$s
                    }
                    """.formatted(
                            area, i, bean("Stored", "email"), bean("Shown", "mail")));
        }
        return sources;
    }

    private static String bean(String name, String text) {
        return """
                    final class %1$s {
                        private long id;
                        private String %2$s;
                        private boolean active;

                        public long getId() { return id; }
                        public void setId(long id) { this.id = id; }
                        public String get%3$s() { return %2$s; }
                        public void set%3$s(String %2$s) { this.%2$s = %2$s; }
                        public boolean isActive() { return active; }
                        public void setActive(boolean active) { this.active = active; }
                    }
                """.formatted(name, text, text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1));
    }
}
