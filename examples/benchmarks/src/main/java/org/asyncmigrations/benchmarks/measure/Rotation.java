package org.asyncmigrations.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Runs several things in turn, each round beginning with another of them: what the machine does besides hits all alike.
 *
 * @param rounds how many runs each has
 */
public record Rotation(int rounds) {
    /**
     * Runs all of them, and prints a point a run.
     *
     * @param title what is printed first
     * @param cases what is run, by name
     * @param <T> what a run gives
     * @return what the runs gave, by name, in the order of the cases
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
