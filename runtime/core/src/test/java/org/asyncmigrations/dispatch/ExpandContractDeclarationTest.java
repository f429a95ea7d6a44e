package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.util.stream.Stream;
import org.asyncmigrations.ExpandContract;
import org.jooq.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Declarations that cannot be right are refused where they are written. */
class ExpandContractDeclarationTest {
    private static final ExpandContract START =
            ExpandContract.of("people", "id").replace(field("name", VARCHAR(20)), "first_name");

    static Stream<Field<?>> columns() {
        return Stream.of(
                field("first_name"),
                field("first_name", VARCHAR(20).notNull()),
                field("first_name", VARCHAR(20).defaultValue("x")),
                field("first_name", INTEGER.identity(true)));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aNewColumnHasATypeAndNothingThatOlderReleasesWouldHaveToKnow(Field<?> column) {
        assertThatThrownBy(() -> START.with(column, "name"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the new column first_name must have a data type, take NULL and have no default");
    }

    @Test
    void aColumnIsNamedOnce() {
        assertThatThrownBy(() -> START.with(field("Name", VARCHAR), "name"))
                .hasMessageContaining("the column Name may be named only once");
    }

    @Test
    void anExpressionIsNotBlank() {
        assertThatThrownBy(() -> START.with(field("first_name", VARCHAR), " "))
                .hasMessageContaining("an expression may not be blank");
    }

    @Test
    void aDeclarationHasANewColumn() {
        assertThatThrownBy(START::expand).hasMessageContaining("has no new column; add .with(column, \"expression\")");
    }

    @Test
    void aTypeToCastToIsKnown() {
        assertThatThrownBy(() -> ExpandContract.of("people", "id").changeType(field("name"), field("nick", VARCHAR)))
                .hasMessageContaining("the data type of name must be known to cast to it");
    }
}
