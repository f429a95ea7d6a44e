package org.asyncmigrations.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What dashboard, alert rules and README name is exported to Prometheus by a run. */
class ExportedNamesTest {
    private static final Pattern NAME = Pattern.compile("async_migrations_\\w+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?==~?\")");
    private static final List<String> SCRAPES = new ArrayList<>();

    @BeforeAll
    static void run() throws IOException {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ManualWorker worker = new ManualWorker();
        try (var fresh = TestDatabase.H2.fresh()) {
            MigrationMeters meters = new MigrationMeters("shop");
            RegistryBuilder<Dispatcher> builder = Shop.on(fresh).worker(worker).listener(new DispatchListener() {
                @Override
                public void onEvent(MigrationEvent event) {}

                @Override
                public void onBatch(BatchEvent batch) {
                    meters.read();
                    SCRAPES.add(prometheus.scrape());
                }
            });
            MigrationRegistry migrations = builder.listener(meters).build();
            meters.bindTo(prometheus);
            migrations.dispatch();
            worker.untilIdle();
            meters.read();
            SCRAPES.add(prometheus.scrape());
            migrations.close();
        }
        Files.writeString(Path.of("target", "scrape.txt"), String.join("\n\n", SCRAPES));
    }

    private static Set<String> exported(Pattern pattern) {
        return SCRAPES.stream()
                .flatMap(scrape -> pattern.matcher(scrape).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static Set<String> named(Stream<String> texts, Pattern pattern) {
        return texts.flatMap(text -> pattern.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theAlertRulesNameWhatIsExported() throws IOException {
        List<String> rules = blocks("yaml");

        assertThat(named(rules.stream(), NAME)).hasSizeGreaterThan(3).isSubsetOf(exported(NAME));
    }

    @Test
    void theSampleOfTheReadmeIsOfARun() throws IOException {
        String sample = String.join("\n", blocks("prometheus"));
        Set<String> lines = SCRAPES.stream()
                .flatMap(String::lines)
                .map(line -> line.replaceFirst(" [^ ]*$", ""))
                .collect(Collectors.toSet());

        assertThat(sample.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.replaceFirst(" [^ ]*$", "")))
                .hasSizeGreaterThan(10)
                .allMatch(lines::contains);
        assertThat(named(Stream.of(sample), NAME)).containsAll(exported(Pattern.compile("(?<=# TYPE )\\S+")));
    }

    @Test
    void theDashboardNamesWhatIsExported() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(Path.of("grafana.json")));
        List<String> queries = new ArrayList<>(dashboard.findValuesAsString("expr"));
        assertThat(queries).hasSizeGreaterThan(8);

        assertThat(named(queries.stream(), NAME)).hasSizeGreaterThan(8).isSubsetOf(exported(NAME));
        assertThat(named(queries.stream(), LABEL)).isSubsetOf(exported(LABEL));
    }
}
