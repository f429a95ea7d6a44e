package org.asyncmigrations.processor;

import com.palantir.javapoet.TypeSpec;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.asyncmigrations.sql.SqlText;

/** The processor on a path of its own, as most users have it; on the tests' there are others, such as Lombok. */
final class Installed {
    private static final ClassLoader ALONE = new URLClassLoader(
            Stream.of(MigrationProcessor.class, TypeSpec.class, SqlText.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());

    private Installed() {}

    static Processor alone() {
        try {
            return (Processor) ALONE.loadClass(MigrationProcessor.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
