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
 * Pages that show the state of the migrations, and take orders if an {@link Authorizer} allows them. Independent of web
 * frameworks: {@link ConsoleServer} and {@link ConsoleServlet} mount it, and so can any code that can create a
 * {@link ConsoleRequest}. Close it to end its background reading. Thread-safe.
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
     * @param operator the operator of its state tables
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
     * Answers a request. An error becomes an answer too.
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

    /** Ends the background reading. Requests are still answered, and each reads the state itself. */
    @Override
    public void close() {
        watch.close();
    }

    /** Settings of a console. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Operator> registries = new LinkedHashMap<>();
        private Supplier<? extends Map<String, Operator>> further = Map::of;
        private Authorizer authorizer = Authorizer.READ_ONLY;
        private Set<String> origins = Set.of();

        private Builder() {}

        /**
         * Adds a registry.
         *
         * @param name shown to people; not blank
         * @param operator the operator of its state tables
         * @return this
         * @throws IllegalArgumentException if the name is blank or already used
         */
        public Builder registry(String name, Operator operator) {
            if (name.isBlank() || registries.putIfAbsent(name, operator) != null) {
                throw new IllegalArgumentException(
                        "a registry needs a name that no other registry has, not" + " \"" + name + "\"");
            }
            return this;
        }

        /**
         * Adds registries that come and go, such as those of tenants.
         *
         * @param source returns the registries by name. It is called for each page, by several threads, so it should not read a
         *     database. It returns the same operator for the same tenant each time; for another operator, the console forgets
         *     what it has read
         * @return this
         */
        public Builder registries(Supplier<? extends Map<String, Operator>> source) {
            further = source;
            return this;
        }

        /**
         * Sets who may see and order what. Without it, nobody may give orders.
         *
         * @param decides the authorizer
         * @return this
         */
        public Builder authorizer(Authorizer decides) {
            authorizer = decides;
            return this;
        }

        /**
         * Sets the origins under which browsers reach the console. Needed only behind a proxy that changes {@code Host} and
         * serves plain HTTP to the browser.
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
