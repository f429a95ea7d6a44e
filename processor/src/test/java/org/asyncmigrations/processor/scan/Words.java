package org.asyncmigrations.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file cut into words by a rule of the tests' own, so that it can be laid out anew or changed in one place.
 *
 * @param pieces its words; annotations whole, and without what stands between
 * @param body the index of the first word behind the imports
 */
record Words(List<String> pieces, int body) {
    private static final Pattern PIECE = Pattern.compile("""
            (?<blank>\\s+|//[^\\n]*|/\\*.*?\\*/)
            |(?<block>\"\"\".*?(?<!\\\\)\"\"\")
            |(?<string>"(?:[^"\\\\\\n]|\\\\.)*")
            |(?<character>'(?:[^'\\\\]|\\\\.)[^']*')
            |(?<number>\\.?[0-9][\\w.]*)
            |(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)
            |(?<operator>->|::|\\+\\+|--|&&|\\|\\||==|!=|<=|>=|[-+*/%&|^]=|\\.\\.\\.)
            |(?<sign>.)""".replace("\n", ""), Pattern.DOTALL);

    /** What another word may stand for; a name is given another ending. */
    private static final List<List<String>> ALIKE = List.of(
            List.of("+", "-"),
            List.of("<=", ">=", "==", "!="),
            List.of("&&", "||"),
            List.of("+=", "-="),
            List.of("++", "--"),
            List.of("true", "false"),
            List.of("int", "long"),
            List.of("public", "protected"),
            List.of("this", "that"));

    static Words of(String file) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(file);
        int body = 0;
        boolean header = false;
        while (matcher.find()) {
            String piece = matcher.group();
            if (matcher.group("blank") == null) {
                pieces.add(piece);
                header |= pieces.size() == 1 || piece.equals("import");
                if (header && piece.equals(";")) {
                    header = false;
                    body = pieces.size();
                }
            }
        }
        return new Words(withWholeAnnotations(pieces, body), body);
    }

    /** An annotation may come between any two modifiers, and no token of one is ever changed. */
    private static List<String> withWholeAnnotations(List<String> pieces, int body) {
        List<String> whole = new ArrayList<>(pieces.subList(0, body));
        for (int i = body; i < pieces.size(); i++) {
            if (pieces.get(i).equals("@") && !pieces.get(i + 1).equals("interface")) {
                int end = endOfAnnotation(pieces, i + 2);
                whole.add(String.join(" ", pieces.subList(i, end)));
                i = end - 1;
            } else {
                whole.add(pieces.get(i));
            }
        }
        return whole;
    }

    private static int endOfAnnotation(List<String> pieces, int from) {
        int end = from;
        while (pieces.get(end).equals(".")) {
            end += 2;
        }
        int depth = 0;
        if (pieces.get(end).equals("(")) {
            do {
                depth += pieces.get(end).equals("(") ? 1 : pieces.get(end).equals(")") ? -1 : 0;
                end++;
            } while (depth > 0);
        }
        return end;
    }

    String text() {
        return String.join(" ", pieces);
    }

    /** Other blanks and comments, other line ends, strings broken in two, annotations more or less. */
    String laidOutAnew(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            text.append(relaid(i, random)).append(blank(random));
        }
        String file = text.toString();
        return random.nextBoolean() ? file : file.replaceAll("(?<!\\\\)\\n", "\r\n");
    }

    private String relaid(int i, Random random) {
        String piece = pieces.get(i);
        boolean selectedFrom = i + 1 < pieces.size() && List.of(".", "::").contains(pieces.get(i + 1));
        if (piece.startsWith("\"") && !piece.startsWith("\"\"\"") && i >= body && !selectedFrom) {
            int half = piece.length() / 2;
            boolean breakable = piece.length() > 4 && piece.indexOf('\\') < 0 && random.nextBoolean();
            return breakable ? piece.substring(0, half) + "\"" + blank(random) + "+ \"" + piece.substring(half) : piece;
        }
        if (piece.startsWith("@") && !piece.equals("@")) {
            return random.nextBoolean() ? piece : "@Extra(value = \")\", n = (1))" + blank(random) + piece;
        }
        return piece;
    }

    private static String blank(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> " ";
            case 1 -> "\n";
            case 2 -> "\t \n  ";
            case 3 -> " // a \" comment ' with /* signs\n";
            case 4 -> " /* another \"\"\" one; @Here */ ";
            default -> "  ";
        };
    }

    /** One token of the body is another one of its kind. */
    String withOneWordChanged(Random random) {
        List<String> mutant = new ArrayList<>(pieces);
        int at;
        String changed;
        do {
            at = body + random.nextInt(pieces.size() - body);
            changed = changed(pieces.get(at), random);
        } while (changed.equals(pieces.get(at)) || isName(at));
        mutant.set(at, changed);
        assertThat(mutant).isNotEqualTo(pieces);
        return String.join(" ", mutant);
    }

    /** The name of a class, which may be changed. */
    private boolean isName(int at) {
        List<String> declared = new ArrayList<>();
        for (int i = body; i < pieces.size() - 1; i++) {
            if (List.of("class", "interface", "enum", "record").contains(pieces.get(i))) {
                declared.add(pieces.get(i + 1));
            }
        }
        return declared.contains(pieces.get(at));
    }

    private static String changed(String piece, Random random) {
        for (List<String> alike : ALIKE) {
            if (alike.contains(piece)) {
                return alike.get((alike.indexOf(piece) + 1 + random.nextInt(alike.size() - 1)) % alike.size());
            }
        }
        if (piece.startsWith("\"\"\"")) {
            return piece.substring(0, piece.length() - 3) + "x\"\"\"";
        }
        char first = piece.charAt(0);
        if (first == '"') {
            return "\"x" + piece.substring(1);
        }
        if (Character.isDigit(first)) {
            return "7" + piece;
        }
        return Character.isLetter(first) && Character.isLowerCase(first) == random.nextBoolean() ? piece + "x" : piece;
    }
}
