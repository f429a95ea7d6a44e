package org.asyncmigrations.codegen;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses one line: {@code [schema.]table.column since 2.4.0 dropped by 20261201_090000 [filled by a_trigger]}. Used by one
 * thread.
 */
final class Entry {
    static final String FORM =
            "an entry reads [schema.]table.column since <release> dropped by <version>, or dropped later;"
                    + " filled by <what> may follow";

    /** An SQL name, plain or in double quotes. */
    private static final String NAME = "(\"[^\"]+\"|[^\".]+)";

    private static final Pattern COLUMN = Pattern.compile("(?:" + NAME + "\\.)?" + NAME + "\\." + NAME);

    private final int line;
    private final List<Word> words;
    private int next;

    Entry(int line, List<Word> words) {
        this.line = line;
        this.words = words;
    }

    /** An entry can't be parsed. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Place place;

        Fault(Place place, String text) {
            super(text);
            this.place = place;
        }

        Place place() {
            return place;
        }
    }

    RetiredColumn read() throws Fault {
        Word column = take("the column");
        Matcher names = COLUMN.matcher(column.text());
        if (!names.matches()) {
            throw fault(column, "a column must be written table.column or schema.table.column");
        }
        word("since");
        String since = take("the release since which the code does not name it").text();
        word("dropped");
        String droppedBy = isNext("later") ? null : by("the version of the migration that drops it");
        String filledBy = isNext("filled") ? by("what fills it") : null;
        if (next < words.size()) {
            throw fault(words.get(next), "nothing may follow");
        }
        Place place = new Place(line, column.column());
        return new RetiredColumn(
                place, bare(names.group(1)), name(names, 2), name(names, 3), since, droppedBy, filledBy);
    }

    private static String name(Matcher names, int group) {
        return names.group(group).replace("\"", "");
    }

    private static @Nullable String bare(@Nullable String name) {
        return name == null ? null : name.replace("\"", "");
    }

    private String by(String what) throws Fault {
        word("by");
        return take(what).text();
    }

    /** {@return whether a word is next; if so, it is consumed} */
    private boolean isNext(String word) {
        boolean is = next < words.size() && words.get(next).text().equals(word);
        next += is ? 1 : 0;
        return is;
    }

    private void word(String word) throws Fault {
        Word found = take("\"" + word + "\"");
        if (!found.text().equals(word)) {
            throw fault(found, "\"" + word + "\" must stand here");
        }
    }

    private Word take(String what) throws Fault {
        if (next == words.size()) {
            Word last = words.get(words.size() - 1);
            throw new Fault(new Place(line, last.column() + last.text().length()), what + " must follow; " + FORM);
        }
        return words.get(next++);
    }

    private Fault fault(Word at, String text) {
        return new Fault(new Place(line, at.column()), text + ", not " + at.text() + "; " + FORM);
    }
}
