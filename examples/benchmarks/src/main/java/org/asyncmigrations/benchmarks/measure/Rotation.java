package org.asyncmigrations.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Runs several cases in turn. Each round begins with another case, so that disturbances on the machine affect all of them alike.
 *
 * @param rounds how many runs each case has
 */
public record Rotation(int rounds) {
    /**
     * Runs all of them, and prints a dot for each run.
     *
     * @param title what is printed first
     * @param cases the cases, by name
     * @param <T> the result of a run
     * @return the results, by name, in the order of the cases
     * @throws Exception the first that a run throws
     */
    public <T> Map<String, List<T>> run(String title, Map<String, Callable<T>> cases) throws Exception {
        Map<String, List<T>> results = new LinkedHashMap<>();
        cases.keySet().forEach(name -> results.put(name, new ArrayList<>()));
        List<String> names = List.copyOf(results.keySet());
        System.out.print(title + " ");
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get((i + round) % names.size());
                results.get(name).add(cases.get(name).call());
                System.out.print('.');
                System.out.flush();
            }
        }
        System.out.println();
        return results;
    }
}
