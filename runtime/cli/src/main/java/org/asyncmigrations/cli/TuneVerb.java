package org.asyncmigrations.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.operator.Answer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tune}. */
@Command(
        name = "tune",
        description = {
            "Makes a migration slower or faster: in all instances, from the next batch on. It lasts across restarts and"
                    + " deploys.",
            "Options that are not given stay as they are."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  async-migrations tune 20261121_093000 --workers 1 --load 25%% --reason \"checkout is slow\"",
            "  async-migrations tune 20261121_093000 --reset --reason \"checkout is fast again\""
        })
final class TuneVerb implements Callable<Integer> {
    /** New values, or {@code --reset} to remove all of them. */
    static final class Changes {
        @ArgGroup(exclusive = false)
        private @Nullable Values values;

        @Option(names = "--reset", description = "Remove all tuning.")
        private boolean reset;
    }

    /** The new values. */
    static final class Values {
        @Option(
                names = "--target-batch-time",
                paramLabel = "TIME",
                description = "How long a batch should take, such as 50ms.")
        private @Nullable Duration target;

        @Option(
                names = "--workers",
                paramLabel = "N",
                description = "The most workers at once, in all instances together.")
        private @Nullable Integer workers;

        @Option(
                names = "--load",
                paramLabel = "SHARE",
                converter = Share.class,
                description = "The share of time that each worker works, such as 25%%.")
        private @Nullable Double load;

        @Option(names = "--batch-size", paramLabel = "N", description = "The most keys in a batch.")
        private @Nullable Long batchSize;

        private Tuning tuning() {
            Tuning.Values tuning = Tuning.none();
            tuning = target == null ? tuning : tuning.targetBatchTime(target);
            tuning = workers == null ? tuning : tuning.workers(workers);
            tuning = load == null ? tuning : tuning.load(load);
            return batchSize == null ? tuning : tuning.batchSize(batchSize);
        }
    }

    /** Reads a share. */
    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                return text.endsWith("%")
                        ? new BigDecimal(text.substring(0, text.length() - 1))
                                .movePointLeft(2)
                                .doubleValue()
                        : Double.parseDouble(text);
            } catch (NumberFormatException problem) {
                throw new TypeConversionException("'" + text + "' is not a share; write 25% or 0.25");
            }
        }
    }

    private final Root root;

    @Parameters(paramLabel = "MIGRATION", description = "Its version, such as 20261121_093000.")
    private VersionNumber version = new VersionNumber(0);

    @ArgGroup(multiplicity = "1")
    private Changes changes = new Changes();

    @Mixin
    private OrderOptions options = new OrderOptions();

    TuneVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Values values = changes.values;
        Tuning tuning = values == null ? Tuning.none() : values.tuning();
        Answer answer = root.orders(options).tune(version.value(), tuning, options.reason());
        String effect = tuning.isNone() ? "uses its builder's settings" : "is worked on with " + tuning;
        return new GivenOrder("tune", effect, options).answered(root, version.value(), answer);
    }
}
