package org.asyncmigrations.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A table for people that fits a width. Long cells are shortened in the middle, and notes have their own lines. */
final class Table {
    private static final String GAP = "  ";

    /** With fewer characters, a name isn't recognizable. */
    private static final int NARROWEST_CELL = 9;

    private final int columns;
    private final List<List<String>> lines = new ArrayList<>();

    /**
     * Creates a table without rows.
     *
     * @param head the names of the columns
     */
    Table(String... head) {
        columns = head.length;
        row(head);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     */
    void row(String... cells) {
        lines.add(Arrays.stream(cells).map(Table::flat).toList());
    }

    /**
     * Adds a sentence about the row above.
     *
     * @param sentence a sentence of any length
     */
    void note(String sentence) {
        lines.add(List.of(flat(sentence)));
    }

    private static String flat(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /**
     * The table as text.
     *
     * @param width the screen's width in columns
     * @return lines of at most that width, without a line end after the last
     */
    String text(int width) {
        int[] widths = fitting(width);
        List<String> text = new ArrayList<>();
        for (List<String> line : lines) {
            if (line.size() == columns) {
                text.add(aligned(line, widths));
            } else {
                text.addAll(wrapped(line.get(0), width));
            }
        }
        return String.join("\n", text);
    }

    private int[] fitting(int width) {
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; line.size() == columns && i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.min(width, line.get(i).length()));
            }
        }
        int room = width - GAP.length() * (columns - 1);
        while (Arrays.stream(widths).sum() > room) {
            Optional<Integer> widest = IntStream.range(0, columns)
                    .filter(column -> widths[column] > NARROWEST_CELL && mayBeShortened(column))
                    .boxed()
                    .max(Comparator.comparing(column -> widths[column]));
            if (widest.isEmpty()) {
                break;
            }
            widths[widest.get()]--;
        }
        return widths;
    }

    /** Whether a column's cells may lose their middle. Versions, numbers and times would be wrong without it. */
    private boolean mayBeShortened(int column) {
        return lines.stream()
                .filter(line -> line.size() == columns)
                .noneMatch(line -> line.get(column).matches("[\\d,_: %-]*\\d[\\d,_: %-]*"));
    }

    private String aligned(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            String cell = shortened(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP).append(isNumber(cell) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static boolean isNumber(String cell) {
        return cell.matches("[\\d,]+( %)?");
    }

    /** Shortens a text in the middle if it is too long: class names differ at both ends. */
    static String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int left = (width - 2 + 1) / 2;
        return text.substring(0, left) + ".." + text.substring(text.length() - (width - 2 - left));
    }

    private static List<String> wrapped(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(GAP);
        for (String word : sentence.split(" ")) {
            String rest = word;
            if (line.length() > GAP.length() + 2 && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(GAP + GAP);
            }
            line.append(line.toString().isBlank() ? "" : " ");
            while (line.length() + rest.length() > width) {
                int room = Math.max(1, width - line.length());
                lines.add(line + rest.substring(0, room));
                rest = rest.substring(room);
                line = new StringBuilder(GAP + GAP);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
