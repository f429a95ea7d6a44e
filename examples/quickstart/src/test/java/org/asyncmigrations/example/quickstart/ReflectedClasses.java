package org.asyncmigrations.example.quickstart;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.AsyncMigration;

/**
 * A process that runs the quickstart on H2. It then prints the classes of the runtime and of the example, generated ones
 * included, whose constructors, methods or fields were looked up by reflection. The JVM records that in
 * {@code Class.reflectionData}.
 */
final class ReflectedClasses {
    private ReflectedClasses() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream unread = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int exit = Quickstart.run(unread, Arguments.of("h2", "--rows", "5000"));
        Field noted = Class.class.getDeclaredField("reflectionData");
        noted.setAccessible(true);
        for (Class<?> part : List.of(AsyncMigration.class, Quickstart.class)) {
            for (String name : classesBeside(part)) {
                Class<?> type = Class.forName(name, false, part.getClassLoader());
                // The JVM finds an enum's values by reflection; a native image knows them.
                if (noted.get(type) != null && !type.isEnum()) {
                    System.out.println(name);
                }
            }
        }
        System.exit(exit);
    }

    private static List<String> classesBeside(Class<?> type) throws Exception {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path root = Path.of(place);
        if (!Files.isDirectory(root)) {
            root = FileSystems.newFileSystem(root).getPath("/");
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(root::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".class") && !file.equals("module-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
        }
    }
}
