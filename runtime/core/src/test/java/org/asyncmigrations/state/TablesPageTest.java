package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.dispatch.TestTables;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;

/** The page about the state tables contains all of them, with each column as declared. */
class TablesPageTest {
    private static final Path PAGE = Path.of("..", "TABLES.md");

    @Test
    void thePageHasEachColumnOfEachTable() throws IOException {
        List<String> declared = new ArrayList<>();
        for (Table<?> table : TestTables.all().all()) {
            declared.add("## " + table.getName());
            for (Field<?> column : table.fields()) {
                declared.add("| `" + column.getName() + "` | " + type(column.getDataType()) + " | "
                        + column.getComment() + " |");
            }
        }

        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("## ") || line.startsWith("| `")))
                .containsExactlyElementsOf(declared);
    }

    private static String type(DataType<?> type) {
        String name = type.getTypeName();
        if (type.getSQLDataType() == SQLDataType.CLOB) {
            name = "text";
        } else if (type.hasLength()) {
            name += "(" + type.length() + ")";
        } else if (type.isTimestamp()) {
            name = "timestamp(" + type.precision() + ")";
        } else if (type.getSQLDataType() == SQLDataType.INTEGER) {
            name = "int";
        }
        return name + (type.nullable() ? ", null" : "");
    }
}
