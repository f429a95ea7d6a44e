package org.asyncmigrations.processor.scan;

import java.lang.reflect.Proxy;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * javac's own environment behind a wrapper: IntelliJ hands processors a proxy, which javac's tree API refuses. Only the trees
 * are asked for with it; all else goes through the wrapper, which notes what is read and written.
 */
public final class Unwrapped {
    /** IntelliJ's entry for this purpose; not an API, but what MapStruct's and Lombok's users depend on too. */
    private static final String INTELLIJ = "org.jetbrains.jps.javac.APIWrappers";

    private Unwrapped() {}

    /**
     * Finds the compiler's own environment.
     *
     * @param environment what the processor got
     * @return what the compiler made
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
