package org.asyncmigrations.benchmarks.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.asyncmigrations.benchmarks.backfill.way.Ways;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the run over time: the speed, the size of the batches, and how long the foreground client had to wait.
 *
 * @param runs the runs of each way; of each, the one with the median duration is drawn
 * @param folder where the file is written
 */
record Picture(Map<String, List<Run>> runs, Path folder) {
    /** More lines would be hard to distinguish. */
    private static final List<String> DRAWN =
            List.of(Ways.SINGLE_UPDATE, Ways.TWO_JDBC_LOOPS, Ways.SPRING_BATCH, Ways.SET_BASED, Ways.ROW_BY_ROW);

    /** {@return the file that was written} */
    Path write(String server) throws IOException {
        List<XYChart> charts = List.of(
                chart("rows changed a second", false, Curve::throughput),
                chart("rows in a batch", true, Curve::batchSize),
                chart("longest wait of the foreground client, ms", true, Curve::longestWait));
        Path file = Files.createDirectories(folder)
                .resolve("backfill-" + server + ".png")
                .toAbsolutePath();
        BitmapEncoder.saveBitmap(charts, charts.size(), 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
        return file;
    }

    private XYChart chart(String what, boolean logarithmic, Function<Run, Curve> curve) {
        XYChart chart = new XYChartBuilder()
                .width(1_200)
                .height(400)
                .title(what)
                .xAxisTitle("seconds")
                .build();
        chart.getStyler()
                .setYAxisLogarithmic(logarithmic)
                .setXAxisMin(0.0)
                .setXAxisMax(longestSeconds())
                .setXAxisDecimalPattern("#,##0.#")
                .setYAxisDecimalPattern("#,##0.#");
        for (String way : DRAWN) {
            Curve drawn = runs.containsKey(way) ? curve.apply(middle(runs.get(way))) : Curve.NOTHING;
            if (!drawn.points().isEmpty()) {
                chart.addSeries(way, drawn.x(), drawn.y()).setMarker(SeriesMarkers.NONE);
            }
        }
        return chart;
    }

    private double longestSeconds() {
        return DRAWN.stream()
                .filter(runs::containsKey)
                .mapToDouble(way -> middle(runs.get(way)).seconds())
                .max()
                .orElse(1);
    }

    private static Run middle(List<Run> runs) {
        return runs.stream()
                .sorted((one, other) -> Double.compare(one.seconds(), other.seconds()))
                .toList()
                .get(runs.size() / 2);
    }
}
