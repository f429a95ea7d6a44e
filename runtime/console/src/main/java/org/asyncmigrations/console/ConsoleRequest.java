package org.asyncmigrations.console;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request, independent of the server. The mount takes care of the path: the console only reads the query.
 *
 * @param method {@code GET}, {@code HEAD} or {@code POST}; others are refused
 * @param query the query as it was sent, null for none
 * @param header returns a header's value by its name in any case; null for none
 * @param form the decoded fields of a form; empty for any other body
 * @param principal the user whom the mount has authenticated; empty for none
 * @param hidden hidden fields that each form must contain, such as a framework's own token
 */
public record ConsoleRequest(
        String method,
        @Nullable String query,
        Function<String, @Nullable String> header,
        Map<String, String> form,
        String principal,
        Map<String, String> hidden) {
    /** The largest form that a mount reads, in bytes. */
    public static final int MOST_BYTES = 16_384;

    /**
     * Copies the maps.
     *
     * @param method the method
     * @param query the query, or null
     * @param header returns a header's value
     * @param form the fields of a form
     * @param principal the user
     * @param hidden hidden fields that each form must contain
     */
    public ConsoleRequest {
        form = Map.copyOf(form);
        hidden = Map.copyOf(hidden);
    }

    String header(String name, String otherwise) {
        String value = header.apply(name);
        return value == null ? otherwise : value;
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    boolean wantsJson() {
        return "json".equals(Link.of(query).get("format"))
                || header("Accept", "").startsWith("application/json");
    }
}
