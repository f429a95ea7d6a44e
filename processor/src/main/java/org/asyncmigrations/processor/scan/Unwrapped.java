package org.asyncmigrations.processor.scan;

import java.lang.reflect.Proxy;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * Finds javac's own environment behind a wrapper: IntelliJ gives processors a proxy, which javac's tree API refuses. It is used
 * only to get the trees. Everything else goes through the wrapper, which records what is read and written.
 */
public final class Unwrapped {
    /** IntelliJ's entry point for this purpose. It isn't an API, but MapStruct's and Lombok's users depend on it too. */
    private static final String INTELLIJ = "org.jetbrains.jps.javac.APIWrappers";

    private Unwrapped() {}

    /**
     * Finds the compiler's own environment.
     *
     * @param environment the processor's environment
     * @return the compiler's own environment
     */
    public static ProcessingEnvironment of(ProcessingEnvironment environment) {
        if (!Proxy.isProxyClass(environment.getClass())) {
            return environment;
        }
        try {
            Object unwrapped = Class.forName(
                            INTELLIJ, true, environment.getClass().getClassLoader())
                    .getMethod("unwrap", Class.class, Object.class)
                    .invoke(null, ProcessingEnvironment.class, environment);
            return unwrapped instanceof ProcessingEnvironment found ? found : environment;
        } catch (ReflectiveOperationException | LinkageError e) {
            return environment;
        }
    }
}
