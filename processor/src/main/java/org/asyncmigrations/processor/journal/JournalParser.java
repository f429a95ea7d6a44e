package org.asyncmigrations.processor.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalFault;
import org.asyncmigrations.processor.model.JournalFault.Kind;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RunPhase;
import org.asyncmigrations.processor.model.Version;

/**
 * Parses the text of a journal, line by line. Lenient if no information is lost; everything else is a fault, and the other lines
 * are read.
 */
final class JournalParser {
    static final String BYTE_ORDER_MARK = "\uFEFF";

    static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

    /**
     * Separated by anything that looks like a space, and by byte order marks, which remain in the middle when two files are
     * joined.
     */
    private static final Pattern FIELD = Pattern.compile("[^\\p{javaWhitespace}\\p{javaSpaceChar}\uFEFF]+");

    private static final int FIELDS = 5;
    /** At most 19 digits fit into a long; underscores make it readable. */
    private static final Pattern VERSION = Pattern.compile("[0-9](_*[0-9]){0,30}[lL]?");

    private static final Pattern FINGERPRINT =
            Pattern.compile("[0-9a-f]+|" + JournalLine.RETIRED + "|" + JournalLine.UNREAD);
    private static final Pattern MARKER = Pattern.compile("(<{7}|\\|{7}|={7}|>{7})( .*)?");

    private final String text;
    private final List<JournalLine> lines = new ArrayList<>();
    private final List<JournalFault> faults = new ArrayList<>();
    private final Map<Long, JournalLine> byVersion = new HashMap<>();
    private boolean merged = true;
    private boolean withinConflict;

    JournalParser(String text) {
        this.text = text;
    }

    /** {@return a fault at the end of a text, after which the file could not be read} */
    static JournalFault faultBehind(String text) {
        List<String> lines = split(text);
        int last = lines.size();
        return new JournalFault(Kind.BYTES, last, lines.get(last - 1).length() + 1, "", 0);
    }

    Journal parse(Path path, Journal.End end) {
        int number = 1;
        for (String line : split(text)) {
            line(number++, line);
        }
        if (!merged) {
            // A merge conflict breaks the order; it is right again once the conflict is resolved.
            faults.removeIf(fault -> fault.kind() == Kind.TWICE || fault.kind() == Kind.ORDER);
        }
        return new Journal(path, true, lines, faults, end, Set.of());
    }

    private static List<String> split(String text) {
        String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return List.of(LINE_END.split(unmarked, -1));
    }

    private void line(int number, String line) {
        List<MatchResult> fields = FIELD.matcher(line).results().toList();
        if (MARKER.matcher(line).matches()) {
            conflict(number, line);
        } else if (!fields.isEmpty() && !fields.get(0).group().startsWith("#")) {
            read(number, fields).ifPresent(read -> add(read, fields.get(0)));
        }
    }

    /** Reports a conflict once, at its beginning. So are the remains of a half-resolved one. */
    private void conflict(int number, String line) {
        merged = false;
        if (!withinConflict) {
            faults.add(new JournalFault(Kind.CONFLICT, number, 1, line.substring(0, 7), 0));
        }
        withinConflict = line.startsWith("<") || withinConflict && !line.startsWith(">");
    }

    private void add(JournalLine line, MatchResult version) {
        JournalLine same = byVersion.putIfAbsent(line.version().value(), line);
        JournalLine before = lines.isEmpty() ? line : lines.get(lines.size() - 1);
        if (same != null) {
            fault(Kind.TWICE, line.number(), version, line.version().separated(), same.number());
            return;
        }
        if (before.version().value() > line.version().value()) {
            fault(Kind.ORDER, line.number(), version, line.version().separated(), before.number());
        }
        lines.add(line);
    }

    private Optional<JournalLine> read(int number, List<MatchResult> fields) {
        if (fields.size() != FIELDS) {
            MatchResult place = fields.get(fields.size() > FIELDS ? FIELDS : 0);
            fault(Kind.FIELDS, number, place, Integer.toString(fields.size()), 0);
            return Optional.empty();
        }
        int before = faults.size();
        long version = version(fields.get(0).group());
        Optional<RunPhase> runPhase = RunPhase.parse(fields.get(1).group());
        if (version <= 0) {
            fault(Kind.VERSION, number, fields.get(0));
        }
        if (runPhase.isEmpty()) {
            fault(Kind.PHASE, number, fields.get(1));
        }
        if (!FINGERPRINT.matcher(fields.get(2).group()).matches()) {
            fault(Kind.FINGERPRINT, number, fields.get(2));
        }
        return runPhase.filter(read -> faults.size() == before)
                .map(read -> new JournalLine(
                        number,
                        new Version(version, true, Origin.BUILD),
                        read,
                        fields.get(2).group(),
                        fields.get(3).group(),
                        fields.get(4).group()));
    }

    private void fault(Kind kind, int number, MatchResult field) {
        fault(kind, number, field, field.group(), 0);
    }

    private void fault(Kind kind, int number, MatchResult place, String detail, int other) {
        faults.add(new JournalFault(kind, number, place.start() + 1, detail, other));
    }

    /** {@return the version, 0 if the field isn't one} */
    private static long version(String field) {
        if (!VERSION.matcher(field).matches()) {
            return 0;
        }
        try {
            return Long.parseLong(field.replaceAll("[_lL]", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
