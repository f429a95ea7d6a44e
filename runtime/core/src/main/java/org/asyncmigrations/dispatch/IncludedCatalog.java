package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.state.StateTables;

/**
 * The catalog of an included registry that needs services. It asks for them when one of its migrations is created, not when the
 * including registry is built. Generated code extends this class. Thread-safe.
 *
 * @param <R> the included registry
 */
public abstract class IncludedCatalog<R extends MigrationRegistry> implements MigrationCatalog<R> {
    private final MigrationCatalog<R> data;

    /**
     * A catalog without services.
     *
     * @param data the included catalog without services; everything except migrations comes from it
     */
    protected IncludedCatalog(MigrationCatalog<R> data) {
        this.data = data;
    }

    /**
     * Asks for the services, and returns the included catalog with them.
     *
     * @return a catalog that can create migrations
     */
    protected abstract MigrationCatalog<R> withServices();

    @Override
    public final Object create(int index) throws Exception {
        return withServices().create(index);
    }

    @Override
    public final List<MigrationCatalog<?>> included() {
        List<MigrationCatalog<?>> all = new ArrayList<>();
        for (MigrationCatalog<?> nested : data.included()) {
            all.add(new Nested<>(nested, this, all.size()));
        }
        return all;
    }

    /** A registry that the included registry includes in turn. Its services come from the including registry's services. */
    private static final class Nested<N extends MigrationRegistry> extends IncludedCatalog<N> {
        private final IncludedCatalog<?> includer;
        private final int place;

        Nested(MigrationCatalog<N> data, IncludedCatalog<?> includer, int place) {
            super(data);
            this.includer = includer;
            this.place = place;
        }

        @Override
        @SuppressWarnings("unchecked") // The same index of the same catalog, so the type is the same.
        protected MigrationCatalog<N> withServices() {
            return (MigrationCatalog<N>) includer.withServices().included().get(place);
        }
    }

    @Override
    public final String schema() {
        return data.schema();
    }

    @Override
    public final String prefix() {
        return data.prefix();
    }

    @Override
    public final List<MigrationEntry> entries() {
        return data.entries();
    }

    @Override
    public final List<MigrationEntry> retired() {
        return data.retired();
    }

    @Override
    public final List<RetiredColumn> retiredColumns(int index) {
        return data.retiredColumns(index);
    }

    @Override
    public final StateTables tables() {
        return data.tables();
    }

    @Override
    public final R registry(Dispatcher dispatcher) {
        return data.registry(dispatcher);
    }
}
