package org.asyncmigrations.product;

import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Text that PostgreSQL's driver sends without a type, so that the server reads it as the type that it is cast to. If it is an
 * array, the planner then knows its length, which it doesn't if an array is cast from typed text.
 */
final class UntypedText extends AbstractBinding<String, String> {
    private static final long serialVersionUID = 1L;

    /** With quotes and a comma: a number, a name, an address. */
    private static final int USUAL_LENGTH = 24;

    static final DataType<String> TYPE = SQLDataType.CLOB.asConvertedDataType(new UntypedText());

    @Override
    public Converter<String, String> converter() {
        return Converters.identity(String.class);
    }

    @Override
    public void set(BindingSetStatementContext<String> context) throws SQLException {
        context.statement().setObject(context.index(), context.value(), Types.OTHER);
    }

    @Override
    public void get(BindingGetResultSetContext<String> context) throws SQLException {
        context.value(context.resultSet().getString(context.index()));
    }

    /** {@return an array with a column's value for each row} */
    static <T> Field<?> array(String type, List<T> rows, Function<T, @Nullable String> text) {
        StringBuilder array = new StringBuilder(rows.size() * USUAL_LENGTH).append('{');
        for (T row : rows) {
            array.append(array.length() == 1 ? "" : ",");
            append(array, text.apply(row));
        }
        return DSL.field(
                "cast({0} as " + type + "[])", DSL.val(array.append('}').toString(), TYPE));
    }

    private static void append(StringBuilder array, @Nullable String text) {
        if (text == null) {
            array.append("null");
            return;
        }
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
            array.append('"').append(text).append('"');
            return;
        }
        array.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                array.append('\\');
            }
            array.append(c);
        }
        array.append('"');
    }
}
