package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;

/** The console, served from the command line. */
class ConsoleVerbTest {
    private static String served(Shop shop, String order, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("console"));
        args.addAll(List.of(options));
        try (PipedReader pipe = new PipedReader();
                PrintWriter out = new PrintWriter(new PipedWriter(pipe), true)) {
            FutureTask<Integer> console = new FutureTask<>(
                    () -> Main.run(args.toArray(String[]::new), out, new PrintWriter(new StringWriter()), shop.env()));
            Thread thread = new Thread(console);
            thread.start();
            try {
                URI uri = URI.create(new BufferedReader(pipe).readLine());
                HttpClient browser = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .cookieHandler(new CookieManager())
                        .build();
                String list = browser.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                assertThat(list).contains("FillOrderCents");
                HttpRequest ordered = HttpRequest.newBuilder(uri.resolve("/?migration=20261121_093000&order=" + order))
                        .POST(HttpRequest.BodyPublishers.ofString("reason=slow"))
                        .build();
                return browser.send(ordered, HttpResponse.BodyHandlers.ofString())
                        .body();
            } finally {
                thread.interrupt();
                assertThat(console.get()).isEqualTo(Exit.CLOSED);
            }
        }
    }

    @Test
    void itShowsAndOrdersOnlyWithTheOption() throws Exception {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            assertThat(served(shop, "pause")).contains("you may not give this order");
            assertThat(served(shop, "pause", "--orders")).contains("the order was given");
            assertThat(shop.run("status").out()).contains("slow");
            assertThat(shop.run("console", "--port", "70000").code()).isEqualTo(2);
        }
    }
}
