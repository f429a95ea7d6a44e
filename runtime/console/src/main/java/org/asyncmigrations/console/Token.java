package org.asyncmigrations.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one server start. Whoever opens the address with it gets a cookie, and is redirected to the address without it.
 * The cookie's name contains the port, because cookies don't distinguish ports. Immutable, and so thread-safe.
 *
 * @param secret 128 random bits
 * @param port the server's port
 */
record Token(String secret, int port) {
    private static final int BYTES = 16;

    static Token random(int port) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Token(HexFormat.of().formatHex(bytes), port);
    }

    private String cookieName() {
        return "async-migrations-console-" + port;
    }

    /** {@return the cookie header: the browser sends it again to this path, but not with a form of another site} */
    String cookie(String path) {
        return cookieName() + "=" + secret + "; Path=" + path + "; HttpOnly; SameSite=Lax";
    }

    /** Whether this is the token that was sent. Takes the same time for every text. */
    boolean is(@Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the {@code Cookie} or the {@code Authorization} header contains the token. */
    boolean isIn(@Nullable String cookies, @Nullable String authorization) {
        if (authorization != null && authorization.startsWith("Bearer ")) {
            return is(authorization.substring("Bearer ".length()));
        }
        for (String cookie : (cookies == null ? "" : cookies).split(";")) {
            if (cookie.strip().startsWith(cookieName() + "=")) {
                return is(cookie.strip().substring(cookieName().length() + 1));
            }
        }
        return false;
    }
}
