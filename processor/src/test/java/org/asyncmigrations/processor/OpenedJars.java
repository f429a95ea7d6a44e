package org.asyncmigrations.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * The files of one javac compile, whose class path ends with the tests' own. All compiles of this JVM share that part: opening its
 * jars takes longer than compiling a sample.
 */
final class OpenedJars extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private static final StandardJavaFileManager OPENED =
            ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null);

    private OpenedJars(StandardJavaFileManager own) {
        super(own);
    }

    /** With directories before the tests' class path. Options of the compile must not name another one. */
    static OpenedJars behind(Collection<Path> directories) {
        StandardJavaFileManager own =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null);
        try {
            own.setLocationFromPaths(StandardLocation.CLASS_PATH, directories);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OpenedJars(own);
    }

    StandardJavaFileManager own() {
        return fileManager;
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        Iterable<JavaFileObject> own = super.list(location, packageName, kinds, recurse);
        if (location != StandardLocation.CLASS_PATH) {
            return own;
        }
        List<JavaFileObject> all = new ArrayList<>();
        own.forEach(all::add);
        OPENED.list(location, packageName, kinds, recurse).forEach(all::add);
        return all;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        String name = super.inferBinaryName(location, file);
        return name == null && location == StandardLocation.CLASS_PATH ? OPENED.inferBinaryName(location, file) : name;
    }

    @Override
    public JavaFileObject getJavaFileForInput(Location location, String className, JavaFileObject.Kind kind)
            throws IOException {
        JavaFileObject own = super.getJavaFileForInput(location, className, kind);
        return own == null && location == StandardLocation.CLASS_PATH
                ? OPENED.getJavaFileForInput(location, className, kind)
                : own;
    }

    @Override
    public FileObject getFileForInput(Location location, String packageName, String relativeName) throws IOException {
        FileObject own = super.getFileForInput(location, packageName, relativeName);
        return own == null && location == StandardLocation.CLASS_PATH
                ? OPENED.getFileForInput(location, packageName, relativeName)
                : own;
    }
}
