package org.asyncmigrations.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** One page of the browser. */
final class Tab {
    private final Chromium browser;
    private final String session;

    Tab(Chromium browser, String session) {
        this.browser = browser;
        this.session = session;
        ask("Page.enable", Map.of());
        ask("Runtime.enable", Map.of());
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        return browser.ask(session, method, parameters);
    }

    /** Opens an address, and waits until it is there. */
    Tab go(String address) {
        ask("Page.navigate", Map.of("url", address));
        return until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** {@return the value of an expression in the page} */
    JsonNode eval(String expression) {
        JsonNode answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    String text(String selector) {
        return eval("document.querySelector('" + selector + "')?.innerText ?? ''")
                .asString();
    }

    boolean is(String condition) {
        return eval("Boolean(" + condition + ")").asBoolean();
    }

    /** Looks until it is so: the page goes on meanwhile, over reloads too. */
    Tab until(String condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isThere(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never so: " + condition + "\n" + text("body"));
            }
            // By this machine's clock, and not the page's: a page without scripts has no timers.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return this;
    }

    private boolean isThere(String condition) {
        try {
            return is(condition);
        } catch (IllegalStateException betweenTwoPages) {
            return false;
        }
    }

    Tab click(String selector) {
        eval("document.querySelector('" + selector + "').click()");
        return this;
    }

    /** Writes as a person does, with the focus in the field. */
    Tab type(String selector, String text) {
        eval("document.querySelector('" + selector + "').focus()");
        ask("Input.insertText", Map.of("text", text));
        return this;
    }

    /** Gives an order of a migration's page. */
    void order(String order, String reason) {
        click("#order-" + order + " summary").type("#order-" + order + " textarea", reason);
        click("#order-" + order + " button");
        until("document.querySelector('.callout.given, .callout[role=alert]')");
        if (!text("[role=alert]").isEmpty()) {
            throw new AssertionError(text("[role=alert]"));
        }
    }

    static String address(ConsoleServer server, String query) {
        return server.uri().toString().replaceAll("\\?.*", "") + query;
    }

    Tab key(String key) {
        int code = key.equals("Tab") ? 9 : 13;
        String text = key.equals("Enter") ? "\r" : "";
        ask(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
        return this;
    }

    Tab withoutScripts() {
        ask("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        return this;
    }

    Tab zone(String zone) {
        ask("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        return this;
    }

    Tab mode(String mode) {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", mode))));
        return this;
    }

    Tab width(int width) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", width < 500 ? 800 : 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Takes a picture of the whole page. */
    void shot(Path file) {
        JsonNode size = ask("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        Map<String, Object> whole = Map.of(
                "x",
                0,
                "y",
                0,
                "width",
                size.get("width").asInt(),
                "height",
                size.get("height").asInt(),
                "scale",
                1);
        String png = ask(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", whole))
                .get("data")
                .asString();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(png));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
