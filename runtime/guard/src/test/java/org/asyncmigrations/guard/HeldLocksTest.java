package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a statement works on while locks of earlier ones are held. */
class HeldLocksTest {
    @TempDir
    private Path folder;

    private Finding second(String sql) throws Exception {
        return Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "V8.sql", sql))
                .statements()
                .get(1);
    }

    @Test
    void nobodyGoesOnWhileTheyAreHeld() throws Exception {
        String both = "alter table orders add column a text; select count(*) from orders;";

        assertThat(second("begin; " + both + " commit;").observed())
                .containsExactly("reads all of orders; the locks of the statements above it are held in the meantime");
        assertThat(second(both).observed()).containsExactly("reads all of orders; reads and writes continue");
    }
}
