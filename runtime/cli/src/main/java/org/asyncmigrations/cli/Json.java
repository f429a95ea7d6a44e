package org.asyncmigrations.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** Writes JSON. Objects are maps, arrays are iterables; anything other than numbers and booleans becomes text. */
final class Json {
    private Json() {}

    /**
     * An object whose members keep their order.
     *
     * @param members names and values in turn
     * @return the object
     */
    static Map<String, @Nullable Object> object(@Nullable Object... members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), members[i + 1]);
        }
        return object;
    }

    /** {@return the text of a value, on one line} */
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
            String comma = "{";
            for (Map.Entry<?, ?> member : object.entrySet()) {
                json.append(comma);
                quote(json, String.valueOf(member.getKey()));
                json.append(':');
                write(json, member.getValue());
                comma = ",";
            }
            json.append(object.isEmpty() ? "{}" : "}");
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

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    // Escaped: half of a surrogate pair, which isn't valid UTF-8; line separators, which end a line for
                    // some readers; and control characters for terminals.
                    String one = String.valueOf(c);
                    boolean isPlain =
                            c >= ' ' && c < '\u007f' || Terminal.plain(one).equals(one);
                    boolean isWritten = isPlain && c != '\u2028' && c != '\u2029' && !isHalf(text, i);
                    json.append(isWritten ? one : String.format("\\u%04x", (int) c));
                }
            }
        }
        json.append('"');
    }

    private static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
