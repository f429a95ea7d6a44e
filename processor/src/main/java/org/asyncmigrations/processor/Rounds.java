package org.asyncmigrations.processor;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.body.Bodies;
import org.asyncmigrations.processor.body.CompileListener;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.check.Rules;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.scan.BuildScanner;
import org.asyncmigrations.processor.scan.Discovery;
import org.asyncmigrations.processor.scan.IndexReader;
import org.asyncmigrations.processor.scan.Unwrapped;
import org.asyncmigrations.processor.write.BuildWriter;
import org.jspecify.annotations.Nullable;

/**
 * The work of one compile, over its rounds. The first round with something to do writes the table classes, which need no
 * migration to be known and bring another round; in that one all is scanned, the registry written, and only then the findings
 * are printed: an error that is printed before the registry exists would drown in symbols that cannot be found. What a compile
 * of a few files does not see is known from the build before it. A release is written to the journal in the last round: nobody
 * has had anything to say by then.
 */
final class Rounds implements CompileListener.Stages {
    private final ProcessingEnvironment environment;
    private final Discovery discovery;
    private final BuildScanner scanner;
    private final BuildWriter writer;
    private final Reporter reporter;
    private final List<String> taken = new ArrayList<>();

    /** Where the tables have been written, null before that. */
    private @Nullable Home home;

    private Index index = Index.EMPTY;

    /** What has been checked and written, null before that. */
    private @Nullable Build finished;

    /** The code of the migrations, null before javac has attributed some. */
    private @Nullable Bodies bodies;

    /** What is to be said when the registry is there. */
    private List<Finding> held = List.of();

    private boolean closed;
    private boolean failed;

    Rounds(ProcessingEnvironment environment) {
        this.environment = environment;
        this.discovery = new Discovery(environment);
        this.scanner = new BuildScanner(environment);
        this.writer = new BuildWriter(environment.getFiler());
        this.reporter = new Reporter(environment.getMessager());
    }

    void next(RoundEnvironment round) {
        List<TypeElement> found = discovery.look(round);
        if (finished != null) {
            say();
            report(late(found));
        } else if (home != null) {
            finished = finish(home, !round.processingOver());
            say();
        } else if (!discovery.isEmpty()) {
            Home begun = begin();
            home = begun;
            if (isEclipse()) {
                // It starts anew when it meets what it has missed, and then forgets what was written the round before.
                finished = finish(begun, true);
            }
        } else if (round.processingOver()) {
            reporter.print(Rules.check(scanner.strays(discovery)));
        }
        if (finished != null && round.processingOver() && !round.errorRaised() && !failed) {
            report(Release.of(finished, reporter::note));
        }
    }

    /** Code is read when javac has attributed it; a class that nobody has scanned has no code to judge. */
    @Override
    public void analyzed(TypeElement type) {
        if (finished != null) {
            if (bodies == null) {
                bodies = new Bodies(Unwrapped.of(environment), finished.migrations());
            }
            bodies.read(type).forEach(code -> report(Rules.check(code)));
        }
    }

    /** The proof that the compile was checked goes here: whether something was reported is in {@code failed}. */
    @Override
    public void compiled(boolean complete) {}

    private Home begin() {
        index = new IndexReader(environment).read(discovery);
        discovery.recall(index);
        Home begun = scanner.home(discovery);
        taken.addAll(writer.writeTables(begun));
        return begun;
    }

    private boolean isEclipse() {
        return environment.getClass().getName().startsWith("org.eclipse.jdt.");
    }

    /** Scan, check, write. Where another error has made this the last round, nothing can be written any more. */
    private Build finish(Home written, boolean canWrite) {
        Build build = scanner.scan(discovery, index, written.packageName());
        List<Finding> findings = new ArrayList<>(Rules.check(build));
        if (canWrite) {
            taken.addAll(writer.writeRegistry(build));
        }
        findings.addAll(namesTaken(build));
        if (canWrite && findings.stream().noneMatch(Finding::isError)) {
            writer.writeResources(build);
        }
        held = findings;
        return build;
    }

    private void say() {
        report(held);
        held = List.of();
    }

    private void report(List<Finding> findings) {
        failed |= findings.stream().anyMatch(Finding::isError);
        reporter.print(findings);
    }

    /** What can be said only when the registry is there. */
    private List<Finding> late(List<TypeElement> found) {
        List<Finding> late = new ArrayList<>(found.stream().map(Rounds::tooLate).toList());
        if (!closed && home != null) {
            closed = true;
            String packageName = home.packageName();
            scanner.selfInclusion(discovery, packageName)
                    .ifPresent(origin -> late.add(Finding.of(Message.INCLUDES_ITSELF, origin, packageName)));
        }
        return late;
    }

    private static Finding tooLate(TypeElement type) {
        Origin origin = new Origin(type.getQualifiedName().toString(), type, null, null);
        return Finding.of(Message.MIGRATION_TOO_LATE, origin, type.getSimpleName());
    }

    /** Each class of the user's; of those that are generated the first, for with ecj it is all of them. */
    private List<Finding> namesTaken(Build build) {
        List<Finding> findings = new ArrayList<>();
        boolean generatedSaid = false;
        for (String simpleName : taken) {
            String packageName = build.home().packageName();
            String name = packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
            TypeElement type = environment.getElementUtils().getTypeElement(name);
            boolean generated = type != null && Discovery.isGenerated(type);
            if (!generated || !generatedSaid) {
                Message message = generated ? Message.GENERATED_ALREADY : Message.NAME_TAKEN;
                findings.add(Finding.of(message, new Origin(name, type, null, null), name));
            }
            generatedSaid |= generated;
        }
        return findings;
    }
}
