package org.asyncmigrations.spring;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Imports the beans of the registries on the class path. In a native image, it runs during ahead-of-time processing, not at
 * start.
 */
final class RegistriesSelector implements DeferredImportSelector, BeanClassLoaderAware, EnvironmentAware {
    private ClassLoader loader = ClassUtils.getDefaultClassLoader();
    private boolean tests;

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        loader = classLoader;
    }

    @Override
    public void setEnvironment(Environment environment) {
        tests = environment.getProperty("async-migrations.test-registries", Boolean.class, false);
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return RegistriesFile.read(loader, tests).beans(loader).toArray(String[]::new);
    }
}
