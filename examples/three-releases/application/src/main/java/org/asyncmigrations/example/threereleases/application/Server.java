package org.asyncmigrations.example.threereleases.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Serves requests like a web server, but with less code: a request is a line on standard input, and its answer a line on standard
 * output. Stateless.
 */
public final class Server {
    /** Printed once, when the server accepts requests. */
    public static final String READY = "ready";

    /** The answer to a write. */
    public static final String OK = "ok";

    private Server() {}

    /**
     * Serves until the input ends. By then, the caller has received all answers.
     *
     * @param shop handles the requests
     * @throws IOException if the input can't be read
     */
    public static void serve(Shop shop) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        answers.println(READY);
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            answers.println(answer(shop, request));
        }
    }

    private static String answer(Shop shop, String request) {
        String[] words = request.split(" ", 3);
        long id = Long.parseLong(words[1]);
        try {
            switch (words[0]) {
                case "add" -> shop.writes().get().add(id, Name.of(words[2]));
                case "rename" -> shop.writes().get().rename(id, Name.of(words[2]));
                case "put" -> shop.writes().get().put(id, Name.of(words[2]));
                default -> {
                    return shop.reads().get().name(id).toString();
                }
            }
            return OK;
        } catch (RuntimeException failure) {
            return "failed: " + reason(failure).lines().findFirst().orElse("");
        }
    }

    /** {@return what the database says, without the statement} */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : reason(cause));
    }
}
