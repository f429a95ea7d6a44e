package org.asyncmigrations.console;

import org.jspecify.annotations.Nullable;

/**
 * Writes HTML. All text and all attribute values are escaped here, and there is no way around it; names of elements and
 * attributes are constants in the pages. Not thread-safe.
 */
final class Html {
    private final StringBuilder out = new StringBuilder(8_192);

    /**
     * Opens an element.
     *
     * @param element its name
     * @param attributes names and values in turn; an attribute whose value is null is left out
     * @return this
     */
    Html open(String element, @Nullable Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            if (value != null) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(value.toString());
                out.append('"');
            }
        }
        out.append('>');
        return this;
    }

    /** Closes an element. */
    Html close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    /** Writes an element that contains text. */
    Html element(String element, Object text, @Nullable Object... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** Writes text. */
    Html text(Object text) {
        escape(text.toString());
        return this;
    }

    /** Writes a link to another page of the console. */
    Html link(Link link, Object text, @Nullable Object... attributes) {
        @Nullable Object[] all = new Object[attributes.length + 2];
        all[0] = "href";
        all[1] = link;
        System.arraycopy(attributes, 0, all, 2, attributes.length);
        return element("a", text, all);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isPlain(text, i) ? c : '\uFFFD');
            }
        }
    }

    /**
     * Whether a character is written as it is: not if HTML forbids it, if it would reverse the direction of the text after it, or
     * if it is an unpaired surrogate.
     */
    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        boolean turns = c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
        return c == '\n' || c == '\t' || !Character.isISOControl(c) && !turns && c < '\uFFFE';
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
