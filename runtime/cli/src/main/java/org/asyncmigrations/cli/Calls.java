package org.asyncmigrations.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.MigrationEntry;

/** Translates the library's messages, which name Java calls. Here these calls are verbs with almost the same names. */
final class Calls {
    /** The verbs of the handle's methods that messages name. */
    static final Set<String> VERBS =
            Set.of("accept-rejects", "open-gate", "pause", "rejects", "resume", "retry", "run-now", "skip");

    /** Phrases that aren't a single call. */
    private static final Map<String, String> PHRASES = Map.of(
            "set MODE=after, or call assumeNoOlderInstances() on the builder",
            "use 'open-gate --reason …'",
            "name another schema or prefix, or let the application create them with dispatch()",
            "give another --schema or --prefix, or start the application, which creates them");

    /** {@code retry()}, {@code acceptRejects("why")}, {@code migration(20261121_093000L).skip(reason)}. */
    private static final Pattern CALL =
            Pattern.compile("(?:migration\\(([1-9][\\d_]{0,17})L\\)\\.)?\\b([a-z]+[a-zA-Z]*)\\((\"why\"|reason)?\\)");

    private Calls() {}

    /**
     * Rewrites a text for people at a command line.
     *
     * @param text the library's message
     * @return the text with {@code 'retry'} for {@code retry()}
     */
    static String asVerbs(String text) {
        String told = text;
        for (Map.Entry<String, String> phrase : PHRASES.entrySet()) {
            told = told.replace(phrase.getKey(), phrase.getValue());
        }
        return CALL.matcher(told).replaceAll(Calls::asVerb);
    }

    private static String asVerb(MatchResult call) {
        String verb = call.group(2).replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        String version = call.group(1) == null
                ? ""
                : " " + MigrationEntry.written(VersionNumber.of(call.group(1)).value());
        String reason = call.group(3) == null ? "" : " --reason …";
        return Matcher.quoteReplacement(VERBS.contains(verb) ? "'" + verb + version + reason + "'" : call.group());
    }
}
