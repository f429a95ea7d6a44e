package org.asyncmigrations.console;

import java.util.Locale;
import java.util.Set;

/**
 * Refuses what another site's page sends in the name of who looks at it, without a token and without a session, as Go's
 * {@code http.CrossOriginProtection} does: by {@code Sec-Fetch-Site}, and where a browser sends none (plain HTTP on another host than
 * localhost) by {@code Origin}. What sends neither is no browser.
 */
final class CrossSite {
    private CrossSite() {}

    /**
     * Whether a request that changes something comes from a page of this site, or from no page.
     *
     * @param request the request
     * @param origins further origins that are this site's, for proxies that change {@code Host}
     * @return whether it may
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
