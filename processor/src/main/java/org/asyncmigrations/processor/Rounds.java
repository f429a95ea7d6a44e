package org.asyncmigrations.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.body.Bodies;
import org.asyncmigrations.processor.body.CompileListener;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.check.Rules;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Index;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.Written;
import org.asyncmigrations.processor.scan.AnnotatedClasses;
import org.asyncmigrations.processor.scan.BuildScanner;
import org.asyncmigrations.processor.scan.IndexReader;
import org.asyncmigrations.processor.scan.Unwrapped;
import org.asyncmigrations.processor.write.BuildWriter;
import org.asyncmigrations.processor.write.Proof;
import org.jspecify.annotations.Nullable;

/**
 * The work of one compile, over its rounds. If no other processor is installed, nothing is missing and there is nothing to say,
 * the first round with something to do writes all: javac reads all declarations anew for each round. Else this round writes a
 * table class, which needs no migration to be known and brings another round; in that one all is scanned, the registry and the
 * other tables written, and only then the findings are printed: an error that is printed before the registry exists would drown
 * in symbols that cannot be found. If a migration names what is not known yet, because another processor generates it, the next
 * table is written alone, and the migrations are looked at again in the round that this brings. What a compile of a few files
 * does not see is known from the build before it. What is left for the release step are the catalog and, if the whole compile has
 * ended well, its proof.
 */
final class Rounds implements CompileListener.Stages {
    private static final Set<Message> ACCEPTABLE =
            Set.of(Message.RELEASED_CODE_CHANGED, Message.RELEASED_CODE_CHANGED_ELSEWHERE);

    private final ProcessingEnvironment environment;
    private final AnnotatedClasses annotatedClasses;
    private final BuildScanner scanner;
    private final BuildWriter writer;
    private final Reporter reporter;
    private final List<String> taken = new ArrayList<>();

    /** What the compile was asked for, and what was generated. */
    private final Set<String> roots = new HashSet<>();

    /** The tables that have not been written. */
    private final List<String> tables = new ArrayList<>(RuntimeNames.TABLES);

    /** What was not known when the registry was written, by migrations. */
    private SortedMap<String, String> unresolved = new TreeMap<>();

    /** Where tables have been written, null before that. */
    private @Nullable RegistryPackage registryPackage;

    private Index index = Index.EMPTY;
    private @Nullable Proof proof;

    /** What has been checked and written, null before that. */
    private @Nullable Build finished;

    /** The code of the migrations, null before javac has attributed some. */
    private @Nullable Bodies bodies;

    /** The tables of keys, by the migrations whose code has been read. */
    private final Map<String, Written> walked = new HashMap<>();

    /** What is to be said when the registry is there. */
    private List<Finding> held = List.of();

    private boolean closed;
    private boolean failed;

    Rounds(ProcessingEnvironment environment) {
        this.environment = environment;
        this.annotatedClasses = new AnnotatedClasses(environment);
        this.scanner = new BuildScanner(environment);
        this.writer = new BuildWriter(environment.getFiler());
        this.reporter = new Reporter(environment.getMessager());
    }

    void next(RoundEnvironment round) {
        round.getRootElements().forEach(root -> roots.add(root.toString()));
        List<TypeElement> found = annotatedClasses.look(round);
        if (finished != null) {
            say();
            report(late(found));
        } else if (registryPackage != null) {
            write(registryPackage, round);
        } else if (!annotatedClasses.isEmpty()) {
            registryPackage = begin();
            write(registryPackage, round);
        } else if (round.processingOver()) {
            reporter.print(Rules.check(scanner.strays(annotatedClasses)));
        }
    }

    /** Code is read when javac has attributed it; a class that nobody has scanned has no code to judge. */
    @Override
    public boolean analyzed(TypeElement type) {
        if (finished != null) {
            if (bodies == null) {
                bodies = new Bodies(Unwrapped.of(environment), finished.migrations());
            }
            bodies.read(type).forEach(code -> {
                report(Rules.check(code));
                walked.put(code.migration().name(), code.walked());
            });
            if (bodies.isComplete() && !walked.isEmpty()) {
                report(Rules.checkTables(finished, walked));
                walked.clear();
            }
        }
        return roots.contains(type.getQualifiedName().toString());
    }

    @Override
    public void compiled(boolean complete) {
        if (complete && !failed && finished != null && proof != null) {
            proof.write(finished, annotatedClasses.isWhole());
        }
    }

    private RegistryPackage begin() {
        proof = Proof.withdraw(environment.getFiler());
        index = new IndexReader(environment).read(annotatedClasses);
        annotatedClasses.recall(index);
        return scanner.registryPackage(annotatedClasses, null);
    }

    /** Writes what brings another round, and when all that the registry needs is known or nothing more can come, the registry. */
    private void write(RegistryPackage begun, RoundEnvironment round) {
        boolean begins = tables.size() == RuntimeNames.TABLES.size();
        if (begins && !isEclipse() && !isAlone()) {
            writeTables(begun, 1);
            return;
        }
        unresolved = scanner.unresolved(annotatedClasses, begun.packageName());
        if (isEclipse()) {
            // It starts anew if it meets a class that it has missed, and forgets what was written the round before. So
            // all
            // is written at once, which it allows in the last round too.
            if (unresolved.isEmpty() || round.processingOver()) {
                finish(begun.packageName(), true, false);
            }
        } else if (!unresolved.isEmpty() && (begins || mayWait(round))) {
            writeTables(scanner.registryPackage(annotatedClasses, begun.packageName()), 1);
        } else {
            finish(begun.packageName(), !round.processingOver(), begins);
        }
        if (!begins || round.processingOver()) {
            say();
        }
    }

    /** Once, because the order of processors is not known; then as long as others generate classes. */
    private boolean mayWait(RoundEnvironment round) {
        boolean first = tables.size() == RuntimeNames.TABLES.size() - 1;
        boolean othersWrote = round.getRootElements().stream()
                .anyMatch(root -> root instanceof TypeElement type && !AnnotatedClasses.isGenerated(type));
        return !round.processingOver() && !tables.isEmpty() && (first || othersWrote);
    }

    /** Whether no other processor is installed. A migration of one that is only named to the compiler is an error, as it is late. */
    private static boolean isAlone() {
        try {
            return ServiceLoader.load(Processor.class, Rounds.class.getClassLoader()).stream()
                    .allMatch(processor -> processor.type() == MigrationProcessor.class);
        } catch (ServiceConfigurationError | LinkageError e) {
            return false;
        }
    }

    private boolean isEclipse() {
        return environment.getClass().getName().startsWith("org.eclipse.jdt.");
    }

    /**
     * Scan, check, write. Where another error has made this the last round, nothing can be written any more. Findings of the
     * first round are looked for again in the next, because only in its own round the compiler knows where an annotation is.
     */
    private void finish(String packageName, boolean canWrite, boolean waitsWithFindings) {
        Build build = scanner.scan(annotatedClasses, index, packageName);
        List<Finding> findings = new ArrayList<>(Rules.check(build));
        annotatedClasses
                .nameless()
                .forEach(type -> findings.add(about(type, Message.NAMELESS_CLASS, type.getSimpleName())));
        if (waitsWithFindings && !findings.isEmpty()) {
            writeTables(build.registryPackage(), 1);
            return;
        }
        if (canWrite) {
            writeTables(build.registryPackage(), tables.size());
            taken.addAll(writer.writeRegistry(build));
        }
        findings.addAll(namesTaken(build));
        if (canWrite && findings.stream().allMatch(Rounds::isAcceptable)) {
            writer.writeCatalog(build);
        }
        if (canWrite && findings.stream().noneMatch(Finding::isError)) {
            writer.writeIndex(build);
        }
        // What is to come with the registry is not too late, but never right.
        findings.stream()
                .filter(finding -> finding.message() == Message.OWN_REGISTRY)
                .forEach(finding -> unresolved.remove(finding.origin().owner()));
        held = findings;
        finished = build;
    }

    private void writeTables(RegistryPackage written, int count) {
        List<String> next = tables.subList(0, count);
        taken.addAll(writer.writeTables(written, next));
        next.clear();
    }

    /** Whether the release step can make it right. */
    private static boolean isAcceptable(Finding finding) {
        return !finding.isError() || ACCEPTABLE.contains(finding.message());
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
        List<Finding> late = new ArrayList<>(resolvedTooLate());
        found.forEach(type -> late.add(about(type, Message.MIGRATION_TOO_LATE, type.getSimpleName())));
        if (!closed && registryPackage != null) {
            closed = true;
            String packageName = registryPackage.packageName();
            scanner.selfInclusion(annotatedClasses, packageName)
                    .ifPresent(origin -> late.add(Finding.of(Message.INCLUDES_ITSELF, origin, packageName)));
        }
        return late;
    }

    /** What was not known when the registry was written, and is by now. Of what is missing altogether the compiler says so. */
    private List<Finding> resolvedTooLate() {
        List<Finding> late = new ArrayList<>();
        if (!unresolved.isEmpty() && registryPackage != null) {
            SortedMap<String, String> missing = scanner.unresolved(annotatedClasses, registryPackage.packageName());
            unresolved.keySet().removeAll(missing.keySet());
            unresolved.forEach((name, what) -> {
                TypeElement type = environment.getElementUtils().getTypeElement(name);
                if (type != null) {
                    late.add(about(type, Message.PART_TOO_LATE, what, type.getSimpleName()));
                }
            });
            unresolved = missing;
        }
        return late;
    }

    private static Finding about(TypeElement type, Message message, Object... arguments) {
        return Finding.of(message, new Origin(type.getQualifiedName().toString(), type, null, null), arguments);
    }

    /** Each class of the user's; of those that are generated the first, for with ecj it is all of them. */
    private List<Finding> namesTaken(Build build) {
        List<Finding> findings = new ArrayList<>();
        boolean generatedSaid = false;
        for (String simpleName : taken) {
            String packageName = build.registryPackage().packageName();
            String name = packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
            TypeElement type = environment.getElementUtils().getTypeElement(name);
            boolean generated = type != null && AnnotatedClasses.isGenerated(type);
            if (!generated || !generatedSaid) {
                Message message = generated ? Message.GENERATED_ALREADY : Message.NAME_TAKEN;
                findings.add(Finding.of(message, new Origin(name, type, null, null), name));
            }
            generatedSaid |= generated;
        }
        return findings;
    }
}
