package org.asyncmigrations.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON. Maps become objects, iterables become arrays, and everything else but numbers and booleans becomes text.
 * Stateless.
 */
final class Json {
    private Json() {}

    /**
     * {@return an object that keeps the order of its members}
     *
     * @param members names and values in turn
     */
    static Map<String, @Nullable Object> object(@Nullable Object... members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), members[i + 1]);
        }
        return object;
    }

    static String text(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.toString();
    }

    private static void write(StringBuilder json, @Nullable Object value) {
        if (value == null || value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Double number) {
            json.append(Double.isFinite(number) ? number.toString() : "null");
        } else if (value instanceof Map<?, ?> object) {
            json.append('{');
            String comma = "";
            for (Map.Entry<?, ?> member : object.entrySet()) {
                json.append(comma);
                quote(json, String.valueOf(member.getKey()));
                json.append(':');
                write(json, member.getValue());
                comma = ",";
            }
            json.append('}');
        } else if (value instanceof Iterable<?> array) {
            json.append('[');
            String comma = "";
            for (Object element : array) {
                json.append(comma);
                write(json, element);
                comma = ",";
            }
            json.append(']');
        } else {
            quote(json, value instanceof State state ? state.word() : value.toString());
        }
    }

    /**
     * Escapes everything but plain ASCII as UTF-16 code units, so that it would be harmless text even if it got into a page by
     * mistake.
     */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default ->
                    json.append(
                            c >= ' ' && c < '\u007f' && c != '<' && c != '>' && c != '&'
                                    ? String.valueOf(c)
                                    : String.format("\\u%04x", (int) c));
            }
        }
        json.append('"');
    }
}
