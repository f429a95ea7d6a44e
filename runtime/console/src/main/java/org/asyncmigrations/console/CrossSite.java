package org.asyncmigrations.console;

import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that another site's page sends in the user's name. Works without a token and a session, as Go's
 * {@code http.CrossOriginProtection} does: by {@code Sec-Fetch-Site}, or by {@code Origin} if the browser doesn't send the former
 * (plain HTTP on a host other than localhost). A client that sends neither isn't a browser.
 */
final class CrossSite {
    private CrossSite() {}

    /**
     * Whether a request that changes something comes from a page of this site, or from no page.
     *
     * @param request the request
     * @param origins additional origins of this site, for proxies that change {@code Host}
     * @return whether the request is allowed
     */
    static boolean isOurs(ConsoleRequest request, Set<String> origins) {
        String site = request.header("Sec-Fetch-Site", "");
        String origin = request.header("Origin", "").toLowerCase(Locale.ROOT);
        if (site.equals("same-origin") || site.equals("none") || origins.contains(origin)) {
            return true;
        }
        if (!site.isEmpty()) {
            return false;
        }
        String host = request.header("Host", "").toLowerCase(Locale.ROOT);
        return origin.isEmpty() || origin.equals("http://" + host) || origin.equals("https://" + host);
    }
}
