package org.asyncmigrations.console;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request, whatever server it came from. The path is the mount's own business: the console looks at the query alone.
 *
 * @param method {@code GET}, {@code HEAD}, {@code POST} or another one, which is refused
 * @param query the query as it was sent, null for none
 * @param header gives a header's value by its name, whatever its case; null for none
 * @param form what a form has sent, decoded; empty for another body
 * @param principal who asks, as the mount has authenticated them; empty for nobody
 * @param hidden what each form has to send besides, such as a framework's own token; its values are hidden fields
 */
public record ConsoleRequest(
        String method,
        @Nullable String query,
        Function<String, @Nullable String> header,
        Map<String, String> form,
        String principal,
        Map<String, String> hidden) {
    /** No mount reads a larger form. */
    public static final int MOST_BYTES = 16_384;

    /**
     * Copies the maps.
     *
     * @param method the method
     * @param query the query, or null
     * @param header gives a header's value
     * @param form what a form has sent
     * @param principal who asks
     * @param hidden what each form has to send besides
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
