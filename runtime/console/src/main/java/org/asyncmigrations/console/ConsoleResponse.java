package org.asyncmigrations.console;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, independent of the server. Immutable, and so thread-safe, as long as nobody writes into the body.
 *
 * @param status the HTTP status
 * @param headers all headers but {@code Content-Length}, which the mount sets
 * @param body the bytes; empty for none. A mount omits them if the method is {@code HEAD}
 */
public record ConsoleResponse(int status, Map<String, String> headers, byte[] body) {
    /**
     * Protects against other sites. The referrer policy isn't {@code no-referrer}, because browsers would then not send a form's
     * {@code Origin}, which is needed.
     */
    private static final Map<String, String> SAFE = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
                    + "frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    /**
     * Copies the headers.
     *
     * @param status the HTTP status
     * @param headers the headers
     * @param body the bytes
     */
    public ConsoleResponse {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static ConsoleResponse of(int status, String type, String cache, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>(SAFE);
        headers.put("Content-Type", type);
        headers.put("Cache-Control", cache);
        return new ConsoleResponse(status, headers, body);
    }

    static ConsoleResponse html(int status, String page) {
        return of(status, "text/html; charset=utf-8", "no-store", page.getBytes(StandardCharsets.UTF_8));
    }

    static ConsoleResponse json(int status, String json) {
        return of(status, "application/json; charset=utf-8", "no-store", json.getBytes(StandardCharsets.UTF_8));
    }

    static ConsoleResponse text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", "no-store", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static ConsoleResponse seeOther(Link link) {
        return text(303, "See " + link).with("Location", link.toString());
    }

    ConsoleResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ConsoleResponse(status, more, body);
    }
}
