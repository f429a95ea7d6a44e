package org.asyncmigrations.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {
    private static final String NO_SPACE = "Got error 28 \"No space left on device\" from storage engine InnoDB";

    /** The messages are the servers' own; {@code FullDiskTest} gets some of them from real servers. */
    @ParameterizedTest
    @CsvSource({
        "53100, 0, 'could not extend file \"base/5/16402\": No space left on device', disk",
        "53200, 0, out of memory, resource",
        "53300, 0, too many clients already, resource",
        "HY000, 1021, Disk full (/tmp/#sql); waiting for someone to free some space, disk",
        "HY000, 1114, The table 'people' is full, disk",
        "HY000, 1030, 'Got error 28 \"No space left on device\" from storage engine InnoDB', disk",
        "HY000, 3, 'Error writing file ''/tmp/MY1'' (Errcode: 28 \"No space left on device\")', disk",
        "HY000, 1005, 'Can''t create table `a`.`b` (errno: 28 \"No space left on device\")', disk",
        "HY001, 1037, Out of memory; restart server and try again, resource",
        "42000, 1203, User app already has more than 'max_user_connections' active connections, resource"
    })
    void aServerThatIsFullIsWaitedForAndSaysWhatItLacks(String state, int code, String words, String lack) {
        SQLException failure = new SQLException(words, state, code);
        assertThat(Trouble.of(new IllegalStateException(failure))).isEqualTo(Trouble.FULL);
        assertThat(Trouble.lack(failure)).contains(lack, words, "no attempt is used up");
    }

    /** A message that changed with each new connection was logged for each try. */
    @Test
    void theSameFailureOnAnotherConnectionHasTheSameWords() {
        assertThat(Trouble.words(new IllegalStateException(
                        "SQL [update]; (conn=44) The table is full", new SQLException("(conn=44) The table is full"))))
                .isEqualTo("SQL [update]; The table is full");
    }

    /** As seen behind pgbouncer 1.18 in transaction mode, with the driver's default setting. */
    @ParameterizedTest
    @CsvSource({"26000, prepared statement \"S_4\" does not exist", "42P05, prepared statement \"S_1\" already exists"})
    void aStatementThatAnotherSessionHasPreparedNamesThePooler(String state, String words) {
        SQLException failure = new SQLException("ERROR: " + words, state);
        assertThat(Trouble.words(new IllegalStateException(failure))).contains(words, "pooler", "prepareThreshold=0");
        assertThat(Trouble.words(new SQLException("ERROR: " + words, "42P01"))).doesNotContain("pooler");
    }

    /** Servers' error codes, each with its SQLSTATE. */
    @ParameterizedTest
    @CsvSource({
        "HY000, 3819",
        "23000, 4025",
        "HY000, 1366",
        "01000, 1265",
        "HY000, 1364",
        "HY000, 1411",
        "21000, 1242",
        "42000, 1172",
        "45000, 1644",
        "08S01, 1644",
        "02001, 1643",
        "45000, 1205",
        "AC423, 1213",
        "21000, 0",
        "AC423, 0",
        "90053, 90053",
        "HY000, 90044"
    })
    void whatIsOfARowIsToldByTheServersCode(String state, int code) {
        assertThat(Trouble.of(new SQLNonTransientConnectionException("no", state, code)))
                .isEqualTo(Trouble.DATA);
    }

    @Test
    void aStatementOutOfTimeIsToldByTheDriversClassAlone() {
        assertThat(Trouble.of(new SQLTimeoutException("Statement cancelled due to timeout or client request")))
                .isEqualTo(Trouble.TIMEOUT);
        assertThat(Trouble.of(new SQLTimeoutException("Timeout trying to lock table", "HYT00", 50200)))
                .isEqualTo(Trouble.LOCK);
    }

    @Test
    void aCodeThatPlPgSqlHasRaisedIsItsRows() {
        String raised = "ERROR: closed\n  Wo: PL/pgSQL-Funktion t() Zeile 1 bei RAISE";
        for (String state : new String[] {"08001", "57P01", "53100", "42501", "0A000"}) {
            assertThat(Trouble.of(new SQLException(raised, state))).isEqualTo(Trouble.DATA);
            assertThat(Trouble.of(new SQLException("ERROR: closed", state))).isNotEqualTo(Trouble.DATA);
        }
        assertThat(Trouble.of(new SQLException(raised, "40001"))).isEqualTo(Trouble.CONFLICT);
    }

    @Test
    void anotherErrorOfAStorageEngineFailsTheAttempt() {
        SQLException other =
                new SQLException(NO_SPACE.replace("28", "128").replace("No space left", "Lost"), "HY000", 1030);
        assertThat(Trouble.of(other)).isEqualTo(Trouble.ATTEMPT);
    }
}
