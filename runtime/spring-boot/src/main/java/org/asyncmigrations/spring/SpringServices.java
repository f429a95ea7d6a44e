package org.asyncmigrations.spring;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The objects that migrations need in their constructors, taken from beans. Implemented by generated code, which asks for the
 * beans each time it creates a migration.
 */
public interface SpringServices {
    /** Asks for each bean once, so that a missing bean makes the start fail, instead of a migration later. */
    void requireAllBeans();

    /**
     * Asks for a bean.
     *
     * @param component the method of {@code Services} that needs the bean
     * @param users the migrations that need it
     * @param provider provides the bean
     */
    static void require(String component, String users, ObjectProvider<?> provider) {
        try {
            provider.getObject();
        } catch (NoUniqueBeanDefinitionException several) {
            throw new CannotStartException(
                    "The parameter " + component + " of " + users + " needs one bean, but there are several: "
                            + several.getMessage(),
                    "Mark one of them @Primary, or give the parameter a @Qualifier.",
                    several);
        } catch (NoSuchBeanDefinitionException missing) {
            throw new CannotStartException(
                    "The parameter " + component + " of " + users + " needs a bean of type '"
                            + missing.getResolvableType() + "' that could not be found.",
                    "Define a bean of type '" + missing.getResolvableType()
                            + "', or mark the parameter @Nullable if the migration can do without it.",
                    missing);
        }
    }
}
