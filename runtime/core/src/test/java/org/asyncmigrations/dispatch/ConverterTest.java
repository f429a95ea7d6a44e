package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;

import java.sql.SQLException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Condition;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.TableField;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.CustomRecord;
import org.jooq.impl.CustomTable;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row with a value that the application's converter or binding doesn't know is set aside. All other rows are changed. */
class ConverterTest {
    private static final int ROWS = 2_500;

    /** The values that the application currently knows. */
    enum Status {
        PACKED,
        SENT,
        LOST;

        static Status read(String text) {
            if (text.equals("lost")) {
                throw new IllegalArgumentException("no status " + text);
            }
            return PACKED;
        }

        static String written(Status status) {
            if (status == LOST) {
                throw new IllegalArgumentException("no status " + status);
            }
            return status.name();
        }
    }

    private static final Converter<String, Status> READS =
            Converter.ofNullable(String.class, Status.class, Status::read, Status::written);

    private static final Converter<String, Status> WRITES =
            Converter.ofNullable(String.class, Status.class, text -> Status.PACKED, Status::written);

    /** What refuses the value. */
    enum Way {
        CONVERTER_READS(SQLDataType.VARCHAR(20).asConvertedDataType(READS)),
        CONVERTER_WRITES(SQLDataType.VARCHAR(20).asConvertedDataType(WRITES)),
        BINDING_READS(SQLDataType.VARCHAR(20).asConvertedDataType(new Bound(READS))),
        BINDING_WRITES(SQLDataType.VARCHAR(20).asConvertedDataType(new Bound(WRITES)));

        private final DataType<Status> type;

        Way(DataType<Status> type) {
            this.type = type;
        }
    }

    /** An application's own binding. */
    private static final class Bound extends AbstractBinding<String, Status> {
        private static final long serialVersionUID = 1L;

        private final Converter<String, Status> converter;

        Bound(Converter<String, Status> converter) {
            this.converter = converter;
        }

        @Override
        public Converter<String, Status> converter() {
            return converter;
        }

        @Override
        public void set(BindingSetStatementContext<Status> context) throws SQLException {
            context.statement().setString(context.index(), converter.to(context.value()));
        }

        @Override
        public void get(BindingGetResultSetContext<Status> context) throws SQLException {
            context.value(converter.from(context.resultSet().getString(context.index())));
        }
    }

    private static final class Parcels extends CustomTable<Parcel> {
        private static final long serialVersionUID = 1L;

        final TableField<Parcel, Long> id = createField(name("id"), SQLDataType.BIGINT.notNull());
        final TableField<Parcel, Integer> step = createField(name("step"), SQLDataType.INTEGER);
        final TableField<Parcel, Status> status;

        Parcels(Way way) {
            super(name("parcels"));
            status = createField(name("status"), way.type);
        }

        @Override
        public Class<? extends Parcel> getRecordType() {
            return Parcel.class;
        }
    }

    /** A record that jOOQ creates, so it needs a constructor without arguments. */
    static final class Parcel extends CustomRecord<Parcel> {
        private static final long serialVersionUID = 1L;

        Parcel() {
            super(new Parcels(Way.CONVERTER_READS));
        }
    }

    private record FillStep(Parcels parcels) implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(parcels.id);
        }

        @Override
        public Condition pending() {
            return parcels.step.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(parcels, parcel -> {
                parcel.set(parcels.step, 1);
                parcel.set(parcels.status, isOdd(parcel.get(parcels.id)) ? Status.LOST : Status.SENT);
            });
        }
    }

    private static boolean isOdd(long id) {
        return id == 700 || id == 2_200;
    }

    static Stream<Arguments> ways() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(Way.values()).map(way -> Arguments.of(database, way)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void itsRowIsSetAsideWithItsWords(TestDatabase database, Way way) throws Exception {
        Parcels parcels = new Parcels(way);
        try (Fresh fresh = database.fresh();
                Dispatcher registry = new TestCatalog()
                        .batch(1, new FillStep(parcels))
                        .on(fresh.dataSource())
                        .build()) {
            create(fresh, parcels);
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .allMatch(row -> row.error().toLowerCase().contains("no status lost"))
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrder("700", "2200");
            assertThat(fresh.dsl().fetchCount(parcels, parcels.step.isNull())).isEqualTo(2);
            registry.migration(1).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects()).allMatch(row -> row.attempts() == 2);
            fresh.dsl().deleteFrom(parcels).where(parcels.step.isNull()).execute();
            registry.migration(1).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
        }
    }

    private static void create(Fresh fresh, Parcels parcels) {
        fresh.dsl()
                .createTable(parcels)
                .columns(parcels.fields())
                .primaryKey(parcels.id)
                .execute();
        for (int from = 1; from <= ROWS; from += 500) {
            var insert = fresh.dsl().insertInto(parcels).columns(parcels.id, parcels.status.coerce(String.class));
            LongStream.range(from, from + 500).forEach(id -> insert.values(id, isOdd(id) ? "lost" : "packed"));
            insert.execute();
        }
    }
}
