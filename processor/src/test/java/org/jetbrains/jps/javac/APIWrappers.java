package org.jetbrains.jps.javac;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.annotation.processing.ProcessingEnvironment;

/** Stands in for IntelliJ's class of this name: a proxy around the environment, and the method that takes it off. */
public final class APIWrappers {
    private APIWrappers() {}

    public static ProcessingEnvironment wrap(ProcessingEnvironment environment) {
        return (ProcessingEnvironment) Proxy.newProxyInstance(
                APIWrappers.class.getClassLoader(),
                new Class<?>[] {ProcessingEnvironment.class, Accessor.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getDeclaringClass() == Accessor.class
                                ? environment
                                : method.invoke(environment, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public static <T> T unwrap(Class<? extends T> type, T wrapper) {
        return wrapper instanceof Accessor accessor ? type.cast(accessor.delegate()) : null;
    }

    /** What the proxy implements beside the environment. */
    public interface Accessor {
        Object delegate();
    }
}
