package org.asyncmigrations.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges the statements of one transaction by what was seen: a lock is as bad as the longest statement that it is held for. */
final class PostgresVerdicts {
    private final List<Observation> seen;
    private final Live live;

    PostgresVerdicts(List<Observation> seen, Live live) {
        this.seen = seen;
        this.live = live;
    }

    /** {@return a judgement for each statement, in their order} */
    List<Judgement> all() {
        List<Judgement> judgements = new ArrayList<>();
        for (int at = 0; at < seen.size(); at++) {
            judgements.add(of(at));
        }
        return judgements;
    }

    private Judgement of(int at) {
        Observation observation = seen.get(at);
        Optional<Observation> longest =
                seen.stream().skip(at).filter(each -> each.isLong(live)).findFirst();
        Verdict verdict = verdict(observation, longest.isPresent());
        boolean isHeld = longest.isPresent()
                && longest.get() != observation
                && !strongest(observation).isEmpty();
        return new Judgement(
                observation.statement(),
                verdict,
                sentences(observation, longest, verdict, isHeldFromBefore(at)),
                SafeWay.of(observation, verdict, isHeld));
    }

    private boolean isHeldFromBefore(int at) {
        return seen.stream().limit(at).anyMatch(before -> !strongest(before).isEmpty());
    }

    private Verdict verdict(Observation seen, boolean isLong) {
        Map<String, LockMode> locks = strongest(seen);
        if (seen.failure().isPresent()) {
            return Verdict.CANNOT_BE_JUDGED;
        } else if (!seen.broken().isEmpty() || !seen.emptied().isEmpty()) {
            return Verdict.BREAKS_OLD_CODE;
        } else if (seen.isLong(live) && seen.rewritten().stream().anyMatch(PostgresVerdicts::isNoIndex)) {
            return Verdict.REWRITES;
        } else if (isLong && locks.values().stream().anyMatch(LockMode::blocksReads)) {
            return Verdict.BLOCKS_READS;
        } else if (isLong && !locks.isEmpty()) {
            return Verdict.BLOCKS_WRITES;
        } else if (!seen.written().isEmpty() && seen.isLong(live) || Beyond.isProgram(seen.statement())) {
            return Verdict.CANNOT_BE_JUDGED;
        }
        return locks.isEmpty() ? Verdict.HARMLESS : Verdict.SHORT_LOCK;
    }

    /** The locks that somebody waits for. */
    private static Map<String, LockMode> strongest(Observation seen) {
        return seen.locks().entrySet().stream()
                .filter(lock -> lock.getValue().blocksWrites())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<String> sentences(Observation seen, Optional<Observation> longest, Verdict verdict, boolean isHeld) {
        List<String> sentences = new ArrayList<>(seen.failure().stream().toList());
        sentences.addAll(seen.broken());
        seen.emptied().forEach(table -> sentences.add("all rows of %s are gone".formatted(table)));
        if (Beyond.isProgram(seen.statement()) && seen.failure().isEmpty()) {
            sentences.add("what it does depends on what it finds; this is what it did here");
        }
        sentences.addAll(locks(seen, longest));
        if (!seen.written().isEmpty()) {
            sentences.add("changes rows of %s: how many it locks, and for how long, depends on the live data"
                    .formatted(list(seen.written().stream())));
        } else if (seen.isLong(live) && strongest(seen).isEmpty()) {
            sentences.add(work(seen)
                    + (isHeld
                            ? "; the locks of the statements above it are held in the meantime"
                            : "; reads and writes continue"));
        }
        if (verdict.needsDecision()) {
            seen.rowFit().forEach(query -> sentences.add(Judgement.ROW_FIT + query));
        }
        live.sentences(seen.worksOn()).forEach(sentences::add);
        if (!strongest(seen).isEmpty() && seen.waitsWithoutLimit()) {
            sentences.add("waits for its locks without a limit, and all others queue behind it: set lock_timeout");
        }
        return sentences;
    }

    private static List<String> locks(Observation seen, Optional<Observation> longest) {
        String until = longest.map(other -> other == seen
                        ? " while it " + work(seen)
                        : " until its transaction ends; line %d %s"
                                .formatted(other.statement().line(), work(other)))
                .orElse(" for an instant");
        return strongest(seen).entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        java.util.TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .descendingMap()
                .entrySet()
                .stream()
                .map(lock -> "holds %s on %s%s"
                        .formatted(lock.getKey(), list(lock.getValue().stream().sorted()), until))
                .toList();
    }

    private static String work(Observation seen) {
        if (!seen.rewritten().isEmpty()) {
            List<String> tables = seen.rewritten().stream()
                    .filter(PostgresVerdicts::isNoIndex)
                    .toList();
            return tables.isEmpty()
                    ? "builds %s again".formatted(list(seen.rewritten().stream()))
                    : "rewrites all of %s".formatted(list(tables.stream()));
        }
        return seen.written().isEmpty()
                ? "reads all of %s".formatted(list(seen.scanned().stream()))
                : "changes rows of %s".formatted(list(seen.written().stream()));
    }

    private static boolean isNoIndex(String relation) {
        return !relation.startsWith("index ");
    }

    private static String list(Stream<String> names) {
        return names.collect(Collectors.joining(", "));
    }
}
