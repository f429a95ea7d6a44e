package org.asyncmigrations.example.rolling.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Serves requests as a web server would, with less to read around it: a request is a line on standard input, its answer a line
 * on standard output. Without state.
 */
public final class Server {
    /** Said once, when requests may come. */
    public static final String READY = "ready";

    /** The answer to a write. */
    public static final String OK = "ok";

    private Server() {}

    /**
     * Serves until the input ends: whoever sends requests sends no more then, and has had all answers.
     *
     * @param customers what is asked for
     * @throws IOException when the input cannot be read
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
