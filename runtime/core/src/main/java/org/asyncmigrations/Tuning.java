package org.asyncmigrations;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operator's changes to one migration while it runs: {@code Tuning.workers(1).load(0.25)}. It is stored in the migration's row,
 * so it applies in all instances from the next batch on, and survives restarts and deploys. Values that it doesn't name stay as
 * they are. Immutable and thread-safe.
 */
public sealed interface Tuning {
    /** {@return a tuning without values; as an order, it removes everything that was tuned} */
    static Values none() {
        return Values.NONE;
    }

    /**
     * How long a batch's transaction should take, instead of the builder's {@code targetBatchTime}. The lock timeout follows it,
     * unless the builder sets one.
     *
     * @param time the target, between 1 ms and 1 minute
     * @return the tuning
     * @throws IllegalArgumentException for another time
     */
    static Values targetBatchTime(Duration time) {
        return none().targetBatchTime(time);
    }

    /**
     * How many workers of all instances together may work on the migration's table at once. If more do, those with the highest
     * ranges give them back at the end of their next batch.
     *
     * @param most between 1 and 1,000
     * @return the tuning
     * @throws IllegalArgumentException for another number
     */
    static Values workers(int most) {
        return none().workers(most);
    }

    /**
     * The share of the time that each worker works, as in {@code Throttles.load}. It replaces a load that was given to the builder
     * as a throttle of its own. All other throttles still apply.
     *
     * @param share more than 0 and at most 1, which means no pauses
     * @return the tuning
     * @throws IllegalArgumentException for another share
     */
    static Values load(double share) {
        return none().load(share);
    }

    /**
     * The most keys in a batch. Batches that take too long still get smaller.
     *
     * @param mostKeys between 1 and 1,000,000
     * @return the tuning
     * @throws IllegalArgumentException for another number
     */
    static Values batchSize(long mostKeys) {
        return none().batchSize(mostKeys);
    }

    /**
     * Parses a tuning. A word that this version doesn't know, or a value out of its bounds, is kept and has no effect.
     *
     * @param text as in the column {@code tuning}; null for none
     * @return the tuning
     */
    static Values of(@Nullable String text) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : (text == null ? "" : text).split("\\s+")) {
            int end = word.indexOf('=');
            if (end > 0) {
                words.put(word.substring(0, end), word.substring(end + 1));
            }
        }
        return new Values(words);
    }

    /** {@return how long a batch should take, null if not tuned} */
    @Nullable
    Duration targetBatchTime();

    /** {@return the most workers, null if not tuned} */
    @Nullable
    Integer workers();

    /** {@return the share of the time that is worked, null if not tuned} */
    @Nullable
    Double load();

    /** {@return the most keys in a batch, null if not tuned} */
    @Nullable
    Long batchSize();

    /** {@return whether it has no values} */
    boolean isNone();

    /**
     * This tuning with the values of another.
     *
     * @param changes the values to replace; if there are none, everything is removed
     * @return the tuning
     */
    Values changedBy(Tuning changes);

    /** A tuning to which values can be added. Immutable and thread-safe. */
    final class Values implements Tuning {
        private static final String TARGET_BATCH_TIME = "targetBatchTime";
        private static final String WORKERS = "workers";
        private static final String LOAD = "load";
        private static final String BATCH_SIZE = "batchSize";
        private static final List<String> ORDER = List.of(TARGET_BATCH_TIME, WORKERS, LOAD, BATCH_SIZE);
        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofMinutes(1);
        private static final int MOST_WORKERS = 1_000;
        private static final long MOST_KEYS = 1_000_000;
        private static final Values NONE = new Values(Map.of());

        /** As written, with the words of this version first. */
        private final Map<String, String> words = new LinkedHashMap<>();

        private Values(Map<String, String> given) {
            ORDER.stream().filter(given::containsKey).forEach(name -> words.put(name, given.get(name)));
            words.putAll(given);
        }

        /**
         * As {@link Tuning#targetBatchTime(Duration)}.
         *
         * @param time the target, between 1 ms and 1 minute
         * @return this tuning with it
         * @throws IllegalArgumentException for another time
         */
        public Values targetBatchTime(Duration time) {
            return with(TARGET_BATCH_TIME, checked(time).toString());
        }

        /**
         * As {@link Tuning#workers(int)}.
         *
         * @param most between 1 and 1,000
         * @return this tuning with it
         * @throws IllegalArgumentException for another number
         */
        public Values workers(int most) {
            return with(WORKERS, Integer.toString((int) checked(WORKERS, most, MOST_WORKERS)));
        }

        /**
         * As {@link Tuning#load(double)}.
         *
         * @param share more than 0 and at most 1
         * @return this tuning with it
         * @throws IllegalArgumentException for another share
         */
        public Values load(double share) {
            return with(LOAD, Double.toString(checked(share)));
        }

        /**
         * As {@link Tuning#batchSize(long)}.
         *
         * @param mostKeys between 1 and 1,000,000
         * @return this tuning with it
         * @throws IllegalArgumentException for another number
         */
        public Values batchSize(long mostKeys) {
            return with(BATCH_SIZE, Long.toString(checked(BATCH_SIZE, mostKeys, MOST_KEYS)));
        }

        private Values with(String name, String value) {
            return changedBy(new Values(Map.of(name, value)));
        }

        @Override
        public Values changedBy(Tuning changes) {
            if (changes.isNone()) {
                return NONE;
            }
            Map<String, String> changed = new LinkedHashMap<>(words);
            changed.putAll(((Values) changes).words);
            return new Values(changed);
        }

        private static Duration checked(Duration time) {
            if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        TARGET_BATCH_TIME + " must be between 1 ms and 1 minute, but is " + time);
            }
            return time;
        }

        private static long checked(String name, long number, long most) {
            if (number < 1 || number > most) {
                throw new IllegalArgumentException(name + " must be between 1 and "
                        + String.format(Locale.ROOT, "%,d", most) + ", but is " + number);
            }
            return number;
        }

        private static double checked(double share) {
            // Written this way so that NaN is refused too.
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(LOAD + " must be more than 0 and at most 1, but is " + share);
            }
            return share;
        }

        @Override
        public @Nullable Duration targetBatchTime() {
            return value(TARGET_BATCH_TIME, word -> checked(Duration.parse(word)));
        }

        @Override
        public @Nullable Integer workers() {
            return value(WORKERS, word -> (int) checked(WORKERS, Long.parseLong(word), MOST_WORKERS));
        }

        @Override
        public @Nullable Double load() {
            return value(LOAD, word -> checked(Double.parseDouble(word)));
        }

        @Override
        public @Nullable Long batchSize() {
            return value(BATCH_SIZE, word -> checked(BATCH_SIZE, Long.parseLong(word), MOST_KEYS));
        }

        private <T> @Nullable T value(String name, Function<String, T> read) {
            String word = words.get(name);
            try {
                return word == null ? null : read.apply(word);
            } catch (DateTimeParseException | IllegalArgumentException unreadable) {
                return null; // Written by hand, or by a version with other bounds.
            }
        }

        @Override
        public boolean isNone() {
            return words.isEmpty();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Values that && words.equals(that.words);
        }

        @Override
        public int hashCode() {
            return words.hashCode();
        }

        /** {@return the text as in the column {@code tuning}, such as {@code workers=1 load=0.25}; empty if it has no values} */
        @Override
        public String toString() {
            return words.entrySet().stream()
                    .map(word -> word.getKey() + "=" + word.getValue())
                    .collect(Collectors.joining(" "));
        }
    }
}
