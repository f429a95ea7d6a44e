package org.asyncmigrations.processor.release;

import java.io.File;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Appends to the journal the migrations that were compiled and are not in it yet. */
@Mojo(name = "release", threadSafe = true)
public final class ReleaseMojo extends AbstractMojo {
    /** The name of the release, for example 2.4.0. */
    @Parameter(property = "migrations.release")
    private @Nullable String version;

    /** The journal. */
    @Parameter(property = "migrations.journal", defaultValue = "${project.basedir}/src/main/migrations/journal")
    private File journal = new File("");

    /** The directory that the module was compiled into. */
    @Parameter(property = "migrations.classes", defaultValue = "${project.build.outputDirectory}")
    private File classes = new File("");

    /** Write nothing, and fail if a migration is not released yet. */
    @Parameter(property = "migrations.check")
    private boolean check;

    /** Release although javac has not read the bodies, for example with {@code -proc:only}. */
    @Parameter(property = "migrations.bodiesUnread")
    private boolean bodiesUnread;

    /** Replace the lines of released migrations that were changed, for example by a rename across the project. */
    @Parameter(property = "migrations.acceptChanges")
    private boolean acceptChanges;

    @Parameter(defaultValue = "${project.packaging}", readonly = true)
    private String packaging = "";

    @Parameter(defaultValue = "${project.executionRoot}", readonly = true)
    private boolean executionRoot;

    /** For Maven, which sets the fields. */
    public ReleaseMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Release release = release();
        // A module of a larger build may have none. In the directory where Maven was started, migrations are expected.
        if (packaging.equals("pom") || !executionRoot && release.isOfNoMigrations()) {
            getLog().info("journal: no migrations here");
            return;
        }
        Outcome outcome = release.make();
        if (!outcome.done()) {
            throw new MojoFailureException(String.join(System.lineSeparator(), outcome.lines()));
        }
        outcome.lines().forEach(getLog()::info);
    }

    private Release release() throws MojoExecutionException {
        try {
            Optional<String> name = Optional.ofNullable(version);
            return new Release(classes.toPath(), journal.toPath(), name, check, bodiesUnread, acceptChanges);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage() + " (-Dmigrations.release=2.4.0)");
        }
    }
}
