package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.state.StateTables;

/**
 * The catalog of an included registry that needs services: they are asked for when one of its migrations is made, and not when the
 * registry that includes it is built. Extended by generated code; safe for threads.
 *
 * @param <R> the included registry
 */
public abstract class IncludedCatalog<R extends MigrationRegistry> implements MigrationCatalog<R> {
    private final MigrationCatalog<R> data;

    /**
     * A catalog that makes no migration yet.
     *
     * @param data the included catalog without services, which is asked for all but migrations
     */
    protected IncludedCatalog(MigrationCatalog<R> data) {
        this.data = data;
    }

    /**
     * The included catalog with its services, which are asked for now.
     *
     * @return a catalog that can make migrations
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

    /** What the included registry includes itself: made with what its includer's services have for it. */
    private static final class Nested<N extends MigrationRegistry> extends IncludedCatalog<N> {
        private final IncludedCatalog<?> includer;
        private final int place;

        Nested(MigrationCatalog<N> data, IncludedCatalog<?> includer, int place) {
            super(data);
            this.includer = includer;
            this.place = place;
        }

        @Override
        @SuppressWarnings("unchecked") // The same place of the same catalog.
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
