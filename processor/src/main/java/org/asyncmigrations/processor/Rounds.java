package org.asyncmigrations.processor;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.check.Rules;
import org.asyncmigrations.processor.check.Severity;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.scan.BuildScanner;
import org.asyncmigrations.processor.scan.Discovery;
import org.asyncmigrations.processor.write.BuildWriter;
import org.jspecify.annotations.Nullable;

/**
 * The work of one compile, over its rounds. The first round with something to do writes the table classes, which need no
 * migration to be known and bring another round; in that one all is scanned, the registry written, and only then the findings
 * are printed. An error that is printed before the registry exists would drown in symbols that cannot be found. A release is
 * written to the journal in the last round: nobody has had anything to say by then.
 */
final class Rounds {
    private final ProcessingEnvironment environment;
    private final Discovery discovery;
    private final BuildScanner scanner;
    private final BuildWriter writer;
    private final Reporter reporter;
    private final List<String> taken = new ArrayList<>();

    /** Where the tables have been written, null before that. */
    private @Nullable Home home;

    /** What has been checked and written, null before that. */
    private @Nullable Build finished;

    private boolean failed;

    Rounds(ProcessingEnvironment environment) {
        this.environment = environment;
        this.discovery = new Discovery(environment.getElementUtils());
        this.scanner = new BuildScanner(environment);
        this.writer = new BuildWriter(environment.getFiler());
        this.reporter = new Reporter(environment.getMessager());
    }

    void next(RoundEnvironment round) {
        List<TypeElement> found = discovery.look(round);
        if (finished != null) {
            report(found.stream().map(Rounds::tooLate).toList());
        } else if (home != null) {
            finished = finish(home, !round.processingOver());
        } else if (!discovery.isEmpty()) {
            home = scanner.home(discovery);
            taken.addAll(writer.writeTables(home));
        } else if (round.processingOver()) {
            reporter.print(Rules.check(scanner.strays(discovery)));
        }
        if (finished != null && round.processingOver() && !round.errorRaised() && !failed) {
            report(Release.of(finished));
        }
    }

    /** Scan, check, write, print. Where another error has made this the last round, nothing can be written any more. */
    private Build finish(Home written, boolean canWrite) {
        Build build = scanner.scan(discovery, written.packageName());
        List<Finding> findings = new ArrayList<>(Rules.check(build));
        if (canWrite) {
            taken.addAll(writer.writeRegistry(build));
        }
        taken.forEach(name -> findings.add(nameTaken(written, name)));
        report(findings);
        return build;
    }

    private void report(List<Finding> findings) {
        failed |= findings.stream().anyMatch(finding -> finding.message().severity() == Severity.ERROR);
        reporter.print(findings);
    }

    private static Finding tooLate(TypeElement type) {
        Origin origin = new Origin(type.getQualifiedName().toString(), type, null, null);
        return Finding.of(Message.MIGRATION_TOO_LATE, origin, type.getSimpleName());
    }

    private Finding nameTaken(Home written, String simpleName) {
        String packageName = written.packageName();
        String name = packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
        Origin origin = new Origin(name, environment.getElementUtils().getTypeElement(name), null, null);
        return Finding.of(Message.NAME_TAKEN, origin, name);
    }
}
