package org.asyncmigrations.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line, each argument as {@code --name=value}.
 *
 * @param values the values by name
 */
public record Arguments(Map<String, String> values) {
    /**
     * Copies the map.
     *
     * @param values the values by name
     */
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Parses a command line.
     *
     * @param written its words
     * @param known the known names
     * @return the arguments
     * @throws IllegalArgumentException if a word isn't a known argument
     */
    public static Arguments of(List<String> written, List<String> known) {
        Map<String, String> values = new TreeMap<>();
        for (String word : written) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2 || !parts[0].startsWith("--") || !known.contains(parts[0].substring(2))) {
                throw new IllegalArgumentException(
                        "unknown argument " + word + "; use --name=value with one of " + known);
            }
            values.put(parts[0].substring(2), parts[1]);
        }
        return new Arguments(values);
    }

    /**
     * One number.
     *
     * @param name the argument's name
     * @param otherwise the default
     * @return the number
     */
    public int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
    }

    /**
     * One word.
     *
     * @param name the argument's name
     * @param otherwise the default
     * @return the word
     */
    public String word(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * Several words, separated by commas; an empty text is none.
     *
     * @param name the argument's name
     * @param otherwise the default
     * @return the words
     */
    public List<String> words(String name, List<String> otherwise) {
        String written = values.get(name);
        return written == null
                ? otherwise
                : Arrays.stream(written.split(","))
                        .filter(word -> !word.isBlank())
                        .toList();
    }

    /**
     * Several numbers, separated by commas; an empty text is none.
     *
     * @param name the argument's name
     * @param otherwise the default
     * @return the numbers
     */
    public List<Integer> numbers(String name, List<Integer> otherwise) {
        return values.containsKey(name)
                ? words(name, List.of()).stream().map(Integer::valueOf).toList()
                : otherwise;
    }

    /**
     * Yes or no.
     *
     * @param name the argument's name
     * @return whether it is given and {@code true}
     */
    public boolean flag(String name) {
        return Boolean.parseBoolean(values.get(name));
    }
}
