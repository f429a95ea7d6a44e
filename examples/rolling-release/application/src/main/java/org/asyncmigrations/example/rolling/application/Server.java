package org.asyncmigrations.example.rolling.application;

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
     * @param customers handles the requests
     * @throws IOException if the input can't be read
     */
    public static void serve(Customers customers) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        answers.println(READY);
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            answers.println(answer(customers, request));
        }
    }

    private static String answer(Customers customers, String request) {
        String[] words = request.split(" ", 3);
        long id = Long.parseLong(words[1]);
        try {
            switch (words[0]) {
                case "create" -> customers.create(id, Name.of(words[2]));
                case "rename" -> customers.rename(id, Name.of(words[2]));
                default -> {
                    return customers.read(id).toString();
                }
            }
            return OK;
        } catch (RuntimeException failure) {
            return "failed: " + failure.toString().lines().findFirst().orElse("");
        }
    }
}
