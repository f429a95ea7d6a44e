package org.asyncmigrations.processor;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.asyncmigrations.dispatch.MigrationCatalog;

/** The classes that a compile has made, ready to be called. */
final class Loaded extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    private Loaded() {
        super(Loaded.class.getClassLoader());
    }

    static Loaded of(Compiled compiled) {
        Loaded loaded = new Loaded();
        compiled.written().forEach((path, bytes) -> {
            if (path.endsWith(".class")) {
                loaded.classes.put(path.replace(".class", "").replace('/', '.'), bytes);
            }
        });
        return loaded;
    }

    /** The catalog inside a registry, which only the registry's builder can name. */
    MigrationCatalog<?> catalog(String registry, Object... services) throws ReflectiveOperationException {
        Constructor<?> constructor = loadClass(registry + "$Migrations").getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return (MigrationCatalog<?>) constructor.newInstance(services);
    }

    /** What implements a generated interface of services: a function of the component's name. */
    static Object services(Class<?> type, Function<String, Object> components) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> components.apply(method.getName()));
    }

    /** Puts them where another compile can have them on its class path. */
    Path save(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = directory.resolve(entry.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return directory;
    }

    /** Whether anybody has needed a class yet. */
    boolean isLoaded(String name) {
        return findLoadedClass(name) != null;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
