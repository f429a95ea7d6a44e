package org.asyncmigrations.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one start of a server. Whoever opens the address with it gets it as a cookie, and the address without it; the port is in the cookie's
 * name, since cookies know no ports. Immutable, and so safe for threads.
 *
 * @param secret 128 random bits
 * @param port the server's
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

    /** {@return the header that has the browser send it again, to this path, and with no form of another site} */
    String cookie(String path) {
        return cookieName() + "=" + secret + "; Path=" + path + "; HttpOnly; SameSite=Lax";
    }

    /** Whether it is what somebody has sent. Takes as long, whatever was sent. */
    boolean is(@Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a {@code Cookie} or an {@code Authorization} header has it. */
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
