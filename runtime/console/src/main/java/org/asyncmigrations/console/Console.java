package org.asyncmigrations.console;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.asyncmigrations.operator.Operator;

/**
 * Pages that show where migrations stand, and take orders if an {@link Authorizer} allows them. It knows no web framework:
 * {@link ConsoleServer} and {@link ConsoleServlet} mount it, and so can whatever makes a {@link ConsoleRequest}. Close it to end its
 * background reading. Safe for threads.
 */
public final class Console implements AutoCloseable {
    private final Watch watch;
    private final Authorizer authorizer;
    private final Answers answers;

    private Console(Builder builder, InstantSource clock) {
        this.authorizer = builder.authorizer;
        this.watch = new Watch(builder.source(), clock);
        this.answers = new Answers(watch, authorizer, Set.copyOf(builder.origins), clock);
    }

    /**
     * A console of one registry, read-only.
     *
     * @param operator of its state tables
     * @return the console
     */
    public static Console of(Operator operator) {
        return builder().registry("migrations", operator).build();
    }

    /** {@return a builder of a console without registries, read-only} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Answers a request. Whatever goes wrong is an answer too.
     *
     * @param request the request
     * @return the answer
     */
    public ConsoleResponse answer(ConsoleRequest request) {
        return answers.answer(request);
    }

    boolean isReadOnly() {
        return authorizer == Authorizer.READ_ONLY;
    }

    /** Ends the background reading. Pages are still answered, and are read for each look. */
    @Override
    public void close() {
        watch.close();
    }

    /** What a console is made of. Not safe for threads. */
    public static final class Builder {
        private final Map<String, Operator> registries = new LinkedHashMap<>();
        private Supplier<? extends Map<String, Operator>> further = Map::of;
        private Authorizer authorizer = Authorizer.READ_ONLY;
        private Set<String> origins = Set.of();

        private Builder() {}

        /**
         * Adds a registry.
         *
         * @param name what people call it; not blank
         * @param operator of its state tables
         * @return this
         * @throws IllegalArgumentException for a name that is blank or taken
         */
        public Builder registry(String name, Operator operator) {
            if (name.isBlank() || registries.putIfAbsent(name, operator) != null) {
                throw new IllegalArgumentException("a registry needs a name that no other has, not \"" + name + "\"");
            }
            return this;
        }

        /**
         * Adds registries that come and go, such as those of tenants.
         *
         * @param source the registries by their names; asked with each page, by several threads, so it reads no database. It gives the
         *     same operator for the same tenant each time, else what was read of it is forgotten
         * @return this
         */
        public Builder registries(Supplier<? extends Map<String, Operator>> source) {
            further = source;
            return this;
        }

        /**
         * Sets who may see and order what; nobody orders anything without.
         *
         * @param decides who may
         * @return this
         */
        public Builder authorizer(Authorizer decides) {
            authorizer = decides;
            return this;
        }

        /**
         * Sets the origins under which the console is reached, for a proxy that changes the {@code Host} and speaks plain HTTP to the
         * browser. Elsewhere nothing needs to be set.
         *
         * @param known such as {@code http://ops.example.com}
         * @return this
         */
        public Builder origins(Collection<String> known) {
            origins = known.stream()
                    .map(origin -> origin.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /** {@return the console} */
        public Console build() {
            return build(InstantSource.system());
        }

        Console build(InstantSource clock) {
            return new Console(this, clock);
        }

        private Supplier<Map<String, Operator>> source() {
            Map<String, Operator> fixed = Map.copyOf(registries);
            Supplier<? extends Map<String, Operator>> source = further;
            return () -> {
                Map<String, Operator> all = Map.copyOf(source.get());
                if (fixed.isEmpty() || all.isEmpty()) {
                    return fixed.isEmpty() ? all : fixed;
                }
                Map<String, Operator> both = new LinkedHashMap<>(all);
                both.putAll(fixed);
                return both;
            };
        }
    }
}
