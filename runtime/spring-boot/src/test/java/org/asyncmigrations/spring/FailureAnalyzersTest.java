package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.State;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What people read when the application cannot start: the README has these texts. */
class FailureAnalyzersTest {
    private static final List<FailureAnalyzer> ANALYZERS =
            SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, failure) -> {});

    private static FailureAnalysis analysis(Throwable failure) {
        return ANALYZERS.stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(analysis -> analysis != null)
                .findFirst()
                .orElseThrow();
    }

    private static FailureAnalysis startFailure(DataSource source) {
        FailureAnalysis[] found = new FailureAnalysis[1];
        Shop.runner()
                .withBean(DataSource.class, () -> source)
                .run(context -> found[0] = analysis(context.getStartupFailure()));
        return found[0];
    }

    @Test
    void aMissingBeanIsToldByTheParameterAndNotByItsTypeAlone() {
        Shop.bare().withPropertyValues("async-migrations.test-registries=true").run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .isEqualTo("The parameter vault of ForgetTokens needs a bean of type"
                            + " 'org.asyncmigrations.spring.shop.TokenVault' that could not be found.");
            assertThat(analysis.getAction())
                    .startsWith("Define a bean of type 'org.asyncmigrations.spring.shop.TokenVault'");
        });
    }

    @Test
    void aBuildThatIsTooOldIsToldWhatToDo() {
        FailureAnalysis analysis =
                analysis(new IllegalStateException(new BuildTooOldException(20270101_000000L, "com.acme.DropNames")));

        assertThat(analysis.getDescription())
                .isEqualTo(
                        "This build is too old for its database: after-release migration 20270101_000000 (DropNames),"
                                + " which it does not know, has begun there.");
        assertThat(analysis.getAction()).endsWith("set async-migrations.allow-too-old=true.");
    }

    @Test
    void aReleaseThatIsDeployedTooEarlyIsToldWhatToWaitFor() {
        FailureAnalysis analysis = analysis(new IllegalStateException(
                new MigrationNotDoneException(20261201_100000L, "RequireFullName", State.PROCESSING)));

        assertThat(analysis.getDescription())
                .isEqualTo("Migration 20261201_100000 (RequireFullName) must be done, but is processing.");
        assertThat(analysis.getAction()).startsWith("Deploy the release that added the migration");
    }

    @Test
    void aDatabaseThatIsNotSupportedFailsTheStart() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:oracle");
        FailureAnalysis analysis = startFailure(new DelegatingDataSource(h2) {
            @Override
            public Connection getConnection() throws SQLException {
                return calling(Connection.class, super.getConnection());
            }
        });

        assertThat(analysis.getDescription()).isEqualTo("Database Oracle is not supported.");
    }

    /** Passes calls on, but calls itself Oracle. */
    private static <T> T calling(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                FailureAnalyzersTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getDatabaseProductName")) {
                        return "Oracle";
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof DatabaseMetaData data ? calling(DatabaseMetaData.class, data) : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    @Test
    void aJooqThatNeedsANewerJavaIsToldByItsVersionProperty() {
        FailureAnalysis analysis = analysis(new IllegalStateException(new UnsupportedClassVersionError(
                "org/jooq/Configuration has been compiled by a more recent version of the Java Runtime (class file"
                        + " version 65.0), this version of the Java Runtime only recognizes class file versions up to"
                        + " 61.0")));

        assertThat(analysis.getDescription()).startsWith("The jOOQ on the class path needs a newer Java");
        assertThat(analysis.getAction()).contains("jooq.version");
    }
}
