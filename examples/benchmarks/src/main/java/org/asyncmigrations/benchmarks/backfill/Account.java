package org.asyncmigrations.benchmarks.backfill;

import static org.asyncmigrations.benchmarks.measure.Table.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncmigrations.benchmarks.measure.Table;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * How the workers of each way spent their time. The sum is the duration of the run, times the number of workers.
 *
 * @param runs the runs of each way; of each, the one with the median duration is shown
 */
record Account(Map<String, List<Run>> runs) {
    /** Activities that take less than this with every way are combined into one row. */
    private static final double LEAST = 0.1;

    private static final String REST = "the rest";

    String table() {
        Map<String, Run> ways = ways();
        Table table = new Table(Stream.concat(Stream.of("seconds of all workers"), ways.keySet().stream())
                .toArray(String[]::new));
        parts().forEach((what, seconds) ->
                table.row(Stream.concat(Stream.of(what), seconds.stream().map(each -> figure(each, 2)))
                        .toArray(String[]::new)));
        return table.row(Stream.concat(
                                Stream.of("the run"), ways.values().stream().map(run -> figure(run.seconds(), 2)))
                        .toArray(String[]::new))
                .toString();
    }

    /** {@return the file that was written} */
    Path draw(Path folder, String server) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(1_200)
                .height(700)
                .title("seconds of all workers, " + server)
                .build();
        chart.getStyler().setStacked(true).setOverlapped(false);
        List<String> ways = List.copyOf(ways().keySet());
        parts().forEach((what, seconds) -> chart.addSeries(what, ways, seconds));
        Path file = Files.createDirectories(folder)
                .resolve("account-" + server + ".png")
                .toAbsolutePath();
        BitmapEncoder.saveBitmap(List.of(chart), 1, 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
        return file;
    }

    private Map<String, Run> ways() {
        Map<String, Run> ways = new LinkedHashMap<>();
        runs.forEach((way, all) -> {
            Run middle = all.stream()
                    .sorted(Comparator.comparingDouble(Run::seconds))
                    .toList()
                    .get(all.size() / 2);
            if (!middle.account().isEmpty()) {
                ways.put(way, middle);
            }
        });
        return ways;
    }

    /** {@return the activities, the longest first, with their seconds in each way} */
    private Map<String, List<Double>> parts() {
        List<Map<String, Double>> accounts =
                ways().values().stream().map(Run::account).toList();
        Comparator<String> most = Comparator.comparingDouble(what ->
                -accounts.stream().mapToDouble(of -> of.getOrDefault(what, 0.0)).sum());
        List<String> all = accounts.stream()
                .flatMap(account -> account.keySet().stream())
                .distinct()
                .sorted(most)
                .toList();
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        for (String what : all) {
            if (accounts.stream().anyMatch(of -> of.getOrDefault(what, 0.0) >= LEAST)) {
                parts.put(
                        what,
                        accounts.stream().map(of -> of.getOrDefault(what, 0.0)).toList());
            }
        }
        parts.put(
                REST,
                accounts.stream()
                        .map(of -> of.entrySet().stream()
                                .filter(part -> !parts.containsKey(part.getKey()))
                                .mapToDouble(Map.Entry::getValue)
                                .sum())
                        .toList());
        return parts;
    }
}
