package org.asyncmigrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SQL text does. The processor's tests read the same statements from source code. */
class SqlTextTest {
    private static final Set<String> TEMPORARY = Set.of("MINE", "YOURS");

    static Stream<String> statements() throws Exception {
        return Files.readAllLines(Path.of("src/test/resources/org/asyncmigrations/sql/statements.txt")).stream()
                .filter(line -> line.contains(" | ") && !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void aTextSaysWhatTheProductDoes(String line) {
        String[] parts = line.split(" \\| ", 3);
        String sql = parts[2].replace("\\n", "\n").replace("\\t", "\t").replace('…', SqlToken.UNKNOWN);
        assertThat(said(SqlText.of(sql, false))).as("PostgreSQL, H2").isEqualTo(parts[0]);
        assertThat(said(SqlText.of(sql, true))).as("MariaDB, MySQL").isEqualTo(parts[1]);
    }

    @Test
    void whereProductsDifferNothingIsSaidOfAll() {
        String sql = "select 1 # 2; drop table t";
        assertThat(SqlText.onEachProduct(sql, text -> text.schemaChange(new HashSet<>())))
                .isEmpty();
        assertThat(SqlText.onEachProduct("drop table t", text -> text.schemaChange(new HashSet<>())))
                .contains("DROP TABLE");
    }

    @Test
    void temporaryTablesAreKnownByName() {
        String sql = "create temp table if not exists `Mine` (a int); create table other (a int)";
        assertThat(SqlText.of(sql, false).temporaryTables()).containsExactly("MINE");
    }

    @Test
    void aTemporaryTableThatIsDroppedIsForgotten() {
        Set<String> own = new HashSet<>();
        SqlText.of("create temporary table a (b int)", false).schemaChange(own);
        assertThat(own).containsExactly("A");
        SqlText.of("drop table a", false).schemaChange(own);
        assertThat(own).isEmpty();
    }

    private static String said(SqlText text) {
        Optional<String> schema = text.schemaChange(new HashSet<>(TEMPORARY));
        return schema.or(() -> text.unboundedChange(TEMPORARY).map(verb -> "all rows " + verb))
                .orElse("-")
                .replace(SqlToken.UNKNOWN, '…');
    }
}
