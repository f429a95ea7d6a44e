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
import org.asyncmigrations.processor.write.CheckedFile;
import org.jspecify.annotations.Nullable;

/**
 * The work of one compile, over its rounds. If no other processor is installed, nothing is missing and there are no findings,
 * then the first round with migrations writes everything, because javac reads all declarations again for each round. Otherwise
 * this round writes a table class, which depends on no migration and causes another round. That round scans everything, writes
 * the registry and the other tables, and only then prints the findings: before the registry exists, they would be hard to find
 * among the compiler's "cannot find symbol". If a migration names a type that is still missing, because another processor
 * generates it, one more table is written, and the migrations are scanned again in the round that this causes. A compile of only
 * some files takes the rest from the index of the build before it. For the release step, the catalog is written, and its proof if
 * the compile succeeds.
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

    /** The top-level classes of the compile, including generated ones. */
    private final Set<String> roots = new HashSet<>();

    /** The tables that aren't written yet. */
    private final List<String> tables = new ArrayList<>(RuntimeNames.TABLES);

    /** What was still missing when the registry was written, by migration. */
    private SortedMap<String, String> unresolved = new TreeMap<>();

    /** Where tables have been written; null before that. */
    private @Nullable RegistryPackage registryPackage;

    private Index index = Index.EMPTY;
    private @Nullable CheckedFile proof;

    /** What has been checked and written; null before that. */
    private @Nullable Build finished;

    /** The code of the migrations; null before javac has attributed any. */
    private @Nullable Bodies bodies;

    /** The tables of the keys, by migration, of those whose code has been read. */
    private final Map<String, Written> walked = new HashMap<>();

    /** Findings that are printed once the registry exists. */
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

    /** Reads a class once javac has attributed it. Without a scan, there is no code to check. */
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
        proof = CheckedFile.withdraw(environment.getFiler());
        index = new IndexReader(environment).read(annotatedClasses);
        annotatedClasses.recall(index);
        return scanner.registryPackage(annotatedClasses, null);
    }

    /**
     * Writes one table to cause another round. Or writes the registry, once all types that it needs are known or no more can
     * come.
     */
    private void write(RegistryPackage begun, RoundEnvironment round) {
        boolean begins = tables.size() == RuntimeNames.TABLES.size();
        if (begins && !isEclipse() && !isAlone()) {
            writeTables(begun, 1);
            return;
        }
        unresolved = scanner.unresolved(annotatedClasses, begun.packageName());
        if (isEclipse()) {
            // Eclipse starts anew if it meets a class that it has missed, and forgets what was written the round
            // before. So everything is written at once, which Eclipse allows even in the last round.
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

    /**
     * Whether to wait one more round. Once in any case, because the order of processors is unknown; after that, as long as other
     * processors generate classes.
     */
    private boolean mayWait(RoundEnvironment round) {
        boolean first = tables.size() == RuntimeNames.TABLES.size() - 1;
        boolean othersWrote = round.getRootElements().stream()
                .anyMatch(root -> root instanceof TypeElement type && !AnnotatedClasses.isGenerated(type));
        return !round.processingOver() && !tables.isEmpty() && (first || othersWrote);
    }

    /**
     * Whether no other processor is installed. If another one is only named on the command line, a migration that it generates is
     * an error, because it comes too late.
     */
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
     * Scans, checks and writes. If another error has made this the last round, nothing can be written. Findings of the first
     * round are determined again in the next one, because the compiler knows an annotation's position only in the round that
     * prints it.
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
        // These types come with the registry, so they are always wrong, not just too late.
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

    /** Whether the release step can accept the finding. */
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

    /** {@return the findings that need the registry} */
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

    /**
     * {@return a finding for each type that was missing when the registry was written and exists now} The compiler reports types
     * that are still missing.
     */
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

    /**
     * {@return a finding for each name that a class of the user's has taken} If generated classes have taken the names, only the
     * first is reported, because ecj then reports all of them.
     */
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
