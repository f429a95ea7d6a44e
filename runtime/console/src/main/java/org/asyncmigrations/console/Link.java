package org.asyncmigrations.console;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for: the query of its address. The console has one path and distinguishes its pages by the query, so that
 * links work whatever path a proxy or a container gives it, with or without a slash at the end. Immutable, and so thread-safe.
 */
final class Link {
    /** The home page. */
    static final Link HOME = new Link(Map.of());

    private final Map<String, String> parameters;

    private Link(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Parses a query. Invalid parts are ignored; if a name has several values, the first counts.
     *
     * @param query as it was sent, null for none
     * @return the link
     */
    static Link of(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : (query == null ? "" : query).split("&")) {
            int end = pair.indexOf('=');
            if (end > 0) {
                try {
                    parameters.putIfAbsent(decoded(pair.substring(0, end)), decoded(pair.substring(end + 1)));
                } catch (IllegalArgumentException notEncoded) {
                    continue;
                }
            }
        }
        return new Link(parameters);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return the link to a registry's migrations} */
    static Link registry(String name) {
        return HOME.with("registry", name);
    }

    /** {@return the same link with this value; a null or empty value removes the name} */
    Link with(String name, @Nullable Object value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.remove(name);
        if (value != null && !value.toString().isEmpty()) {
            changed.put(name, value.toString());
        }
        return new Link(changed);
    }

    /** {@return the value of a name, null for none} */
    @Nullable
    String get(String name) {
        return parameters.get(name);
    }

    /** {@return the value of a name, empty for none} */
    String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** {@return a number from 0 to the given maximum; 0 if it isn't such a number} */
    int number(String name, int most) {
        String digits = text(name);
        return digits.matches("\\d{1,6}") ? Math.min(Integer.parseInt(digits), most) : 0;
    }

    /** {@return the version of the migration, 0 for none} */
    long version() {
        String digits = text("migration").replace("_", "");
        return digits.matches("[1-9]\\d{0,17}") ? Long.parseLong(digits) : 0;
    }

    /** {@return all names and values, for forms} */
    Map<String, String> parameters() {
        return parameters;
    }

    /** {@return the address, relative to the page's own} */
    @Override
    public String toString() {
        StringBuilder query = new StringBuilder("?");
        parameters.forEach((name, value) -> query.append(query.length() == 1 ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
