package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.throttle.Polling.until;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The WAL of a PostgreSQL server: its volume since the last checkpoint, and the files that wait for the archive. */
class PostgresWalTest {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_wal_size", "1GB")
                .setServerConfig("wal_level", "replica")
                .setServerConfig("archive_mode", "on")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        archiveWith("false");
        as("postgres").execute("create role plain login");
        as("postgres").execute("create role monitor login in role pg_monitor");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void theWorkWaitsNearAForcedCheckpointAndContinuesAfterOne() throws Exception {
        as("postgres").execute("checkpoint");
        Throttle throttle = Throttles.walVolume(0.125);
        assertThat(ask(throttle, "plain")).isEqualTo(Answer.goOn());
        fillFiles(8);
        Answer answer = until(() -> ask(throttle, "plain"), found -> !found.goesOn());
        assertThat(answer.reason())
                .isEqualTo("the server has written more than 12.5 % of max_wal_size (1GB) since its last finished"
                        + " checkpoint");
        assertThat(Throttles.walVolume(0.5).ask(AskedRun.of(as("plain")))).isEqualTo(Answer.goOn());
        as("postgres").execute("checkpoint");
        until(() -> ask(throttle, "plain"), Answer::goesOn);
    }

    @Test
    void theWorkWaitsForTheArchive() throws Exception {
        Throttle throttle = Throttles.walArchive(3);
        fillFiles(4);
        Answer answer = until(() -> ask(throttle, "monitor"), found -> !found.goesOn());
        assertThat(answer.reason()).isEqualTo("more than 3 WAL files wait for the archive");
        archiveWith("true");
        try {
            until(() -> ask(throttle, "monitor"), Answer::goesOn);
        } finally {
            archiveWith("false");
        }
    }

    @Test
    void withoutTheRightToSeeTheArchiveTheThrottleIsOff() throws Exception {
        fillFiles(2);
        assertThatThrownBy(() -> new WalArchive(1).read(AskedRun.of(as("plain"))))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("permission denied for function pg_ls_archive_statusdir");
        assertThat(ask(Throttles.walArchive(1), "plain")).isEqualTo(Answer.goOn());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whereThereIsNoArchiveAndNoSuchVolumeTheWorkGoesOn(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            AskedRun run = AskedRun.of(fresh.dsl());
            assertThat(Throttles.walArchive(1).ask(run)).isEqualTo(Answer.goOn());
            assertThat(Throttles.walVolume(1).ask(run)).isEqualTo(Answer.goOn());
        }
    }

    @Test
    void theReasonWhyItIsOffIsSaid() {
        try (Fresh postgres = TestDatabase.POSTGRES.fresh();
                Fresh maria = TestDatabase.MARIADB.fresh()) {
            assertThatThrownBy(() -> new WalArchive(1).read(AskedRun.of(postgres.dsl())))
                    .hasMessage("the server archives nothing (archive_mode is off)");
            assertThatThrownBy(() -> new WalArchive(1).read(AskedRun.of(maria.dsl())))
                    .hasMessage("MariaDB has no archive of WAL files");
            assertThatThrownBy(() -> new WalVolume(1).read(AskedRun.of(maria.dsl())))
                    .hasMessage("MariaDB has no WAL with checkpoints that its volume forces");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void aShareIsMoreThanNothingAndAtMostAll(double share) {
        assertThatThrownBy(() -> Throttles.walVolume(share)).hasMessageContaining("at most 1, but is " + share);
    }

    @Test
    void atLeastOneFileMayWait() {
        assertThatThrownBy(() -> Throttles.walArchive(0)).hasMessage("walArchive must be at least 1 file, but is 0");
    }

    /** Fills WAL files without writing them in full. */
    private static void fillFiles(int files) {
        for (int i = 0; i < files; i++) {
            as("postgres").execute("select pg_logical_emit_message(false, 'test', 'a'), pg_switch_wal()");
        }
    }

    private static void archiveWith(String command) {
        as("postgres").execute("alter system set archive_command = '" + command + "'");
        as("postgres").execute("select pg_reload_conf()");
    }

    private static Answer ask(Throttle throttle, String user) throws Exception {
        return throttle.ask(AskedRun.of(as(user)));
    }

    private static DSLContext as(String user) {
        return DSL.using(server.getDatabase(user, "postgres"), SQLDialect.POSTGRES);
    }
}
