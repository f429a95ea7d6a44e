package org.asyncmigrations.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A curve over time as inline SVG, without inline styles, which the content security policy refuses. Its labels are HTML, so that
 * they don't stretch with it. Stateless.
 */
final class Curve {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 100;

    /** A line needs two points. */
    private static final int LEAST = 2;

    /** The most points that are visible at this width; two hours of samples are six times as many. */
    private static final int MOST = 240;

    /** Samples that are farther apart aren't connected: the console didn't read in between. */
    private static final Duration GAP = Duration.ofSeconds(30);

    private Curve() {}

    /**
     * Draws a curve.
     *
     * @param html where to write it
     * @param title what it shows
     * @param unit the unit of its numbers
     * @param all the samples, the oldest first
     * @param value the value to draw of a sample
     */
    static void draw(Html html, String title, String unit, List<Sample> all, ToLongFunction<Sample> value) {
        List<Sample> samples = thinned(all);
        html.open("figure", "class", "curve").open("figcaption").element("span", title);
        if (samples.size() < LEAST) {
            html.close("figcaption")
                    .element(
                            "p",
                            "Recording since this page was opened; the curve starts in a few seconds.",
                            "class",
                            "note");
            html.close("figure");
            return;
        }
        long now = value.applyAsLong(all.get(all.size() - 1));
        long most = all.stream().mapToLong(value).max().orElse(0);
        html.open("span").element("b", Written.count(now)).text(" " + unit + " now, at most ");
        html.element("b", Written.count(most)).close("span").close("figcaption");
        Instant from = samples.get(0).at();
        Instant to = samples.get(samples.size() - 1).at();
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                title + ": " + Written.count(now) + " " + unit + " now, at most " + Written.count(most) + " in "
                        + Written.duration(Duration.between(from, to)));
        Scale scale = new Scale(from, Math.max(1, Duration.between(from, to).toMillis()), Math.max(1, most));
        for (int i = 1; i < 4; i++) {
            int y = HEIGHT * i / 4;
            html.open("line", "class", "grid", "x1", 0, "x2", WIDTH, "y1", y, "y2", y)
                    .close("line");
        }
        rests(html, samples, scale);
        lines(html, samples, scale, value);
        html.close("svg").open("p", "class", "axis");
        Written.time(html, from);
        Written.time(html, to);
        html.close("p").close("figure");
    }

    /** {@return means of consecutive samples, so few that each is visible} */
    private static List<Sample> thinned(List<Sample> all) {
        int each = (all.size() + MOST - 1) / MOST;
        if (each <= 1) {
            return all;
        }
        List<Sample> thinned = new ArrayList<>();
        for (int from = 0; from < all.size(); from += each) {
            List<Sample> some = all.subList(from, Math.min(all.size(), from + each));
            thinned.add(new Sample(
                    some.get(some.size() - 1).at(),
                    Math.round(some.stream().mapToLong(Sample::rate).average().orElse(0)),
                    Math.round(
                            some.stream().mapToLong(Sample::batchSize).average().orElse(0)),
                    some.stream().anyMatch(Sample::rests)));
        }
        return thinned;
    }

    private record Scale(Instant from, long millis, long most) {
        String x(Sample sample) {
            return number(WIDTH * (double) Duration.between(from, sample.at()).toMillis() / millis);
        }

        String y(long value) {
            return number(HEIGHT - (HEIGHT - 4) * (double) value / most);
        }

        private static String number(double coordinate) {
            return String.format(Locale.ROOT, "%.1f", coordinate);
        }
    }

    /** Draws the times when the migration was paused, throttled or waited for a lock. */
    private static void rests(Html html, List<Sample> samples, Scale scale) {
        Sample begin = null;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (begin == null && sample.rests()) {
                begin = sample;
            }
            boolean isLast = i == samples.size() - 1;
            if (begin != null && (!sample.rests() || isLast)) {
                double x = Double.parseDouble(scale.x(begin));
                html.open(
                                "rect",
                                "class",
                                "rest",
                                "x",
                                scale.x(begin),
                                "y",
                                0,
                                "height",
                                HEIGHT,
                                "width",
                                Scale.number(Double.parseDouble(scale.x(sample)) - x))
                        .close("rect");
                begin = null;
            }
        }
    }

    private static void lines(Html html, List<Sample> samples, Scale scale, ToLongFunction<Sample> value) {
        StringBuilder line = new StringBuilder();
        StringBuilder area = new StringBuilder();
        Sample before = null;
        for (Sample sample : samples) {
            boolean isJoined = before != null && before.at().plus(GAP).isAfter(sample.at());
            String point = scale.x(sample) + " " + scale.y(value.applyAsLong(sample));
            if (before != null && !isJoined) {
                area.append('L')
                        .append(scale.x(before))
                        .append(' ')
                        .append(HEIGHT)
                        .append('Z');
            }
            line.append(isJoined ? 'L' : 'M').append(point);
            area.append(isJoined ? "" : "M" + scale.x(sample) + " " + HEIGHT)
                    .append('L')
                    .append(point);
            before = sample;
        }
        if (before != null) {
            area.append('L').append(scale.x(before)).append(' ').append(HEIGHT).append('Z');
        }
        html.open("path", "class", "area", "d", area).close("path");
        html.open("path", "class", "line", "d", line).close("path");
    }
}
