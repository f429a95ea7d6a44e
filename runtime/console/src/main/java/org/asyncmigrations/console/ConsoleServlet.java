package org.asyncmigrations.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The console as a servlet, at any path: {@code context.addServlet("migrations", new
 * ConsoleServlet(console)).addMapping("/ops/migrations/*")}. The user is the container's principal. Restrict access to it as for
 * any other page of the application. It reads no cookie, sets none, and creates no session.
 */
public final class ConsoleServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Console console;
    private final transient Function<HttpServletRequest, Map<String, String>> hidden;

    /**
     * A servlet for a console, which it doesn't close.
     *
     * @param console the console
     */
    public ConsoleServlet(Console console) {
        this(console, request -> Map.of());
    }

    /**
     * A servlet whose forms contain additional hidden fields, for a framework that requires its own token in each form.
     *
     * @param console the console, which it doesn't close
     * @param hidden returns the names and values of the fields
     */
    public ConsoleServlet(Console console, Function<HttpServletRequest, Map<String, String>> hidden) {
        this.console = console;
        this.hidden = hidden;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConsoleResponse answer = answer(request);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(answer.body());
        }
    }

    private ConsoleResponse answer(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path != null && !path.equals("/")) {
            return ConsoleResponse.text(404, "the console has only one path, and this is not it");
        }
        if (request.getContentLengthLong() > ConsoleRequest.MOST_BYTES) {
            return ConsoleResponse.text(413, "the form is too long");
        }
        Principal principal = request.getUserPrincipal();
        return console.answer(new ConsoleRequest(
                request.getMethod(),
                request.getQueryString(),
                request::getHeader,
                request.getMethod().equals("POST") ? form(request) : Map.of(),
                principal == null || principal.getName() == null ? "" : principal.getName(),
                hidden.apply(request)));
    }

    /** Reads the form through the container, because a filter may have read the body already. */
    private static Map<String, String> form(HttpServletRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> form.put(name, values.length == 0 ? "" : values[0]));
        return form;
    }
}
