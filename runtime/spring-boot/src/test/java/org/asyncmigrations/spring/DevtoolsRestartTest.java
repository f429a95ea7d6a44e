package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.concurrent.Callable;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that devtools restarts: its classes are loaded anew, while those of libraries stay, and with them the database. */
class DevtoolsRestartTest {
    /** The application's main class. */
    static final class Generation implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            try (ConfigurableApplicationContext context = RegistryLifecycleTest.application(
                            "jdbc:h2:mem:restarted;DB_CLOSE_DELAY=-1",
                            "async-migrations.dispatch=" + System.getProperty("generation"))
                    .run()) {
                AsyncMigrationRegistry migrations = context.getBean(AsyncMigrationRegistry.class);
                assertThat(migrations.getClass().getClassLoader()).isInstanceOf(RestartClassLoader.class);
                return System.getProperty("generation").equals("manual")
                        ? migrations.normalizeEmails().state().name()
                        : migrations.dispatch().await();
            }
        }
    }

    /** What devtools does, on a thread of the test's. */
    private static Object run(String dispatch) throws Exception {
        URL classes =
                DevtoolsRestartTest.class.getProtectionDomain().getCodeSource().getLocation();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        System.setProperty("generation", dispatch);
        try (RestartClassLoader loader = new RestartClassLoader(before, new URL[] {classes})) {
            thread.setContextClassLoader(loader);
            var main = loader.loadClass(Generation.class.getName()).getDeclaredConstructor();
            main.setAccessible(true);
            return ((Callable<?>) main.newInstance()).call();
        } finally {
            thread.setContextClassLoader(before);
            System.clearProperty("generation");
        }
    }

    @Test
    void theNextGenerationDoesTheWorkWithItsOwnClasses() throws Exception {
        assertThat(run("manual")).isEqualTo("CREATED");
        assertThat(run("on-ready")).isEqualTo(Dispatch.Outcome.DONE);
        assertThat(run("on-ready")).isEqualTo(Dispatch.Outcome.DONE);
    }
}
