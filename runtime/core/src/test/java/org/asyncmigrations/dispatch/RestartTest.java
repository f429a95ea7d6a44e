package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.RestartableServer.Stop;
import org.asyncmigrations.dispatch.SentStatements.Cut;
import org.asyncmigrations.dispatch.SentStatements.Moment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server is stopped, in an orderly way and immediately, and started again: before and after the COMMIT of the first work. With
 * {@code -Drestarts=all}, this happens at each statement of a run of each kind of migration, which takes hours. With {@code
 * -Drestarts=ROW_BY_ROW} or another {@link CutKind}, it happens at each statement of that kind.
 */
class RestartTest {
    private static final Logger LOG = LoggerFactory.getLogger(RestartTest.class);

    /** The kinds that are stopped at each statement, empty for the default few. */
    private static final String ALL_OF = System.getProperty("restarts", "");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aServerThatStopsLosesNothingAndDoesNothingTwice(TestDatabase database) throws Exception {
        try (RestartableServer server = new RestartableServer(database, folder)) {
            for (CutKind kind : kinds().toList()) {
                for (Stop how : Stop.values()) {
                    stop(database, server, kind, how);
                }
            }
        }
    }

    private static Stream<CutKind> kinds() {
        return switch (ALL_OF) {
            case "" -> Stream.of(CutKind.FROM_THE_START, CutKind.ROW_BY_ROW);
            case "all" -> Stream.of(CutKind.values());
            default -> Stream.of(ALL_OF.split(",")).map(CutKind::valueOf);
        };
    }

    private static void stop(TestDatabase database, RestartableServer server, CutKind kind, Stop how) {
        TestDatabase.Fresh fresh = server.database();
        CutBench bench = new CutBench(fresh, kind, cut -> new RestartConnections(database, server, how, cut));
        List<String> statements = bench.count();
        for (int at : ALL_OF.isEmpty()
                ? List.of(firstCommitOfWork(statements))
                : IntStream.rangeClosed(1, statements.size()).boxed().toList()) {
            for (Moment moment : Moment.values()) {
                bench.cut(new Cut(at, moment));
            }
        }
        LOG.info("{} {} {}: {}", database, kind, how, bench.seen());
        assertThat(bench.seen().wrong()).isEmpty();
        bench.drop();
    }

    private static int firstCommitOfWork(List<String> statements) {
        int work = 0;
        while (!isWork(statements.get(work).toLowerCase(Locale.ROOT))) {
            work++;
        }
        return work + statements.subList(work, statements.size()).indexOf("commit") + 1;
    }

    private static boolean isWork(String sql) {
        return sql.contains("update") && sql.contains("customers") && !sql.startsWith("select");
    }
}
