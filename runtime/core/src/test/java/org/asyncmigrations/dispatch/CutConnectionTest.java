package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.SentStatements.Cut;
import org.asyncmigrations.dispatch.SentStatements.Moment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection is lost at each statement of a run in turn, before the server received the statement and after it ran. All
 * statements are covered, not a sample; COMMIT, ROLLBACK and savepoints count too. The test logs the number of cuts, and asserts
 * that there are at least a hundred of each kind. With {@code -Dcuts=all}, it covers every kind of migration on every database;
 * with {@code -Dcuts=H2} or {@code -Dcuts=H2:REJECTS}, all kinds or one kind on one database. By default, it covers the riskiest
 * kind on both servers, and two others on one database, and cuts only once at statements for which the moment makes no difference.
 */
class CutConnectionTest {
    private static final Logger LOG = LoggerFactory.getLogger(CutConnectionTest.class);

    private static final String CUTS = System.getProperty("cuts", "");

    /** Each has its own database. Half of the time is spent waiting for the server and after a lost connection. */
    private static final int SHARES = 4;

    /** As many cuts may be at statements that only a slow run sends: one or two heartbeats. */
    private static final int MOST_OF_HEARTBEATS = 20;

    static Stream<Arguments> kinds() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(CutKind.values())
                        .filter(kind -> isTaken(database, kind))
                        .map(kind -> Arguments.of(database, kind)));
    }

    private static boolean isTaken(TestDatabase database, CutKind kind) {
        return CUTS.isEmpty()
                ? isUsual(database, kind)
                : Set.of("all", database.name(), database + ":" + kind).contains(CUTS);
    }

    /** {@return whether it is part of the default run, which should take a minute} */
    private static boolean isUsual(TestDatabase database, CutKind kind) {
        return switch (kind) {
            case ROW_BY_ROW -> database != TestDatabase.H2;
            case AUTO_COMMIT -> database == TestDatabase.MARIADB;
            case REJECTS -> database == TestDatabase.H2;
            case PENDING_ROWS, EVERY_ROW, AFTER_RELEASE, FROM_THE_START -> false;
        };
    }

    /** A run with rejects has three times as many statements, so the default run covers every fourth one. */
    private static int sharesTaken(CutKind kind) {
        return CUTS.isEmpty() && kind == CutKind.REJECTS ? 1 : SHARES;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCutAtEachStatementLosesNothingAndDoesNothingTwice(TestDatabase database, CutKind kind) throws Exception {
        List<FutureTask<CutBench.Seen>> shares = new ArrayList<>();
        for (int i = 0; i < sharesTaken(kind); i++) {
            int share = i;
            FutureTask<CutBench.Seen> task = new FutureTask<>(cutting(database, kind, share));
            shares.add(task);
            new OwnThreads().execute(task);
        }
        CutBench.Seen seen = new CutBench.Seen(0, 0, 0, 0, List.of());
        for (FutureTask<CutBench.Seen> share : shares) {
            seen = seen.plus(share.get(10, TimeUnit.MINUTES));
        }
        LOG.info("{} {}: {}", database, kind, seen);
        assertThat(seen.wrong()).isEmpty();
        assertThat(seen.cuts()).isGreaterThan(100);
        if (sharesTaken(kind) == SHARES) {
            assertThat(seen.cuts()).isBetween(seen.planned() - MOST_OF_HEARTBEATS, seen.planned());
        }
    }

    /** Cuts at each statement of one share. */
    private static Callable<CutBench.Seen> cutting(TestDatabase database, CutKind kind, int share) {
        return () -> {
            try (TestDatabase.Fresh fresh = database.fresh()) {
                CutBench bench = new CutBench(fresh, kind, cut -> new CutConnections(database, fresh, cut));
                int statements = bench.count().size();
                for (int at = 1 + share; at <= statements; at += SHARES) {
                    for (Moment moment : CUTS.isEmpty() ? bench.momentsThatDiffer(at) : List.of(Moment.values())) {
                        bench.cut(new Cut(at, moment));
                    }
                }
                return bench.seen();
            }
        };
    }
}
