package org.asyncmigrations.console;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests as a mount makes them. */
final class Requests {
    private final Console console;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String principal = "";

    private Requests(Console console) {
        this.console = console;
    }

    static Requests to(Console console) {
        return new Requests(console);
    }

    Requests by(String name) {
        principal = name;
        return this;
    }

    Requests header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    private ConsoleResponse send(String method, String query, Map<String, String> form) {
        return console.answer(
                new ConsoleRequest(method, query, headers::get, form, principal, Map.of("_csrf", "a\"b")));
    }

    ConsoleResponse get(String query) {
        return send("GET", query, Map.of());
    }

    ConsoleResponse method(String method) {
        return send(method, "", Map.of());
    }

    ConsoleResponse post(String query, String... form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < form.length; i += 2) {
            fields.put(form[i], form[i + 1]);
        }
        return send("POST", query, fields);
    }

    static String body(ConsoleResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
