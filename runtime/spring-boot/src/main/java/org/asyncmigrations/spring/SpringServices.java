package org.asyncmigrations.spring;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/** What migrations are made with, taken from beans. Implemented by generated code, which asks each time a migration is made. */
public interface SpringServices {
    /** Asks for each bean once, so that one that is missing ends the start, and not a migration later. */
    void requireAllBeans();

    /**
     * Asks for a bean.
     *
     * @param component the method of {@code Services} that it is for
     * @param users the migrations that need it
     * @param provider what gives it
     */
    static void require(String component, String users, ObjectProvider<?> provider) {
        try {
            provider.getObject();
        } catch (NoUniqueBeanDefinitionException several) {
            throw new CannotStartException(
                    "The parameter " + component + " of " + users + " needs one bean, and there are several: "
                            + several.getMessage(),
                    "Mark one of them @Primary, or give the parameter a @Qualifier.",
                    several);
        } catch (NoSuchBeanDefinitionException missing) {
            throw new CannotStartException(
                    "The parameter " + component + " of " + users + " needs a bean of type '"
                            + missing.getResolvableType() + "' that could not be found.",
                    "Define a bean of type '" + missing.getResolvableType()
                            + "', or mark the parameter @Nullable if the migration can do without.",
                    missing);
        }
    }
}
