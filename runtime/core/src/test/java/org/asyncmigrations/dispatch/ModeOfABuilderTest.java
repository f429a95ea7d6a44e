package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.Mode;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The environment of another process, and the builder's mode, which takes precedence. */
class ModeOfABuilderTest {
    private static final Map<String, String> NONE_OF_OURS = Map.of("MODE", "production");

    @Test
    void theBuildersModeGoesBeforeTheEnvironmentsWhichIsThenNotRead() throws Exception {
        assertThat(outcome(NONE_OF_OURS, "AFTER")).contains("DONE");
        assertThat(outcome(Map.of("ASYNC_MIGRATIONS_MODE", "after"), "BEFORE")).contains("HELD");
    }

    @Test
    void withoutOneTheEnvironmentSaysSo() throws Exception {
        assertThat(outcome(Map.of("MODE", "After"), "")).contains("DONE");
        assertThat(outcome(Map.of("MODE", "after", "ASYNC_MIGRATIONS_MODE", "BEFORE"), ""))
                .contains("MODE=before leaves it for later");
        assertThat(outcome(NONE_OF_OURS, "")).contains("MODE=production is not a mode; use before");
    }

    private static String outcome(Map<String, String> environment, String mode) throws Exception {
        List<String> command = ChildJvm.command(ModeOfABuilderTest.class, List.of());
        command.add(mode);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of(Mode.VARIABLE, Mode.SHARED_VARIABLE));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Dispatches an after-release migration, and prints the outcome. */
    public static void main(String[] arguments) throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:mode;DB_CLOSE_DELAY=-1");
        RegistryBuilder<Dispatcher> builder =
                new TestCatalog().afterRelease(2, run -> {}).on(dataSource);
        String mode = arguments.length == 0 ? "" : arguments[0];
        try (Dispatcher registry = (mode.isEmpty() ? builder : builder.mode(Mode.valueOf(mode))).build()) {
            var dispatch = registry.dispatch();
            System.out.println(dispatch.await(TroubleBench.LONG) + " " + dispatch.message());
        }
    }
}
