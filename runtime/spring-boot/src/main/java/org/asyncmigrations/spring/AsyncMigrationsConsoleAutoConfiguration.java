package org.asyncmigrations.spring;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asyncmigrations.console.Authorizer;
import org.asyncmigrations.console.Console;
import org.asyncmigrations.console.ConsoleServlet;
import org.asyncmigrations.operator.Operator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;

/** The console as a servlet, if the application enables it. Read-only unless there is an {@link Authorizer}. */
@AutoConfiguration(after = AsyncMigrationsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({HttpServlet.class, ConsoleServlet.class})
@ConditionalOnBean({RegistryBeans.class, SpringRegistries.class})
@ConditionalOnBooleanProperty(name = "async-migrations.console.enabled")
final class AsyncMigrationsConsoleAutoConfiguration {
    private static final boolean HAS_SECURITY = ClassUtils.isPresent(
            "org.springframework.security.web.csrf.CsrfToken",
            AsyncMigrationsConsoleAutoConfiguration.class.getClassLoader());

    @Bean
    static Console asyncMigrationsConsole(
            RegistryBeans beans, SpringRegistries registries, ObjectProvider<Authorizer> authorizer) {
        return Console.builder()
                .registries(() -> operators(beans, registries))
                .authorizer(authorizer.getIfAvailable(() -> Authorizer.READ_ONLY))
                .build();
    }

    @Bean
    static ServletRegistrationBean<ConsoleServlet> asyncMigrationsConsoleServlet(
            Console asyncMigrationsConsole, AsyncMigrationsProperties properties) {
        String path = properties.console().path();
        ConsoleServlet servlet = new ConsoleServlet(
                asyncMigrationsConsole, request -> HAS_SECURITY ? SecurityField.of(request) : Map.of());
        ServletRegistrationBean<ConsoleServlet> registration =
                new ServletRegistrationBean<>(servlet, path, path + "/*");
        registration.setName("asyncMigrationsConsole");
        return registration;
    }

    /**
     * {@return the operators of this context's registries, by bean name} A registry that the application built itself has none
     * here.
     */
    private static Map<String, Operator> operators(RegistryBeans beans, SpringRegistries registries) {
        Map<String, Operator> operators = new LinkedHashMap<>();
        beans.all().forEach((name, registry) -> {
            Operator operator = registries.operator(registry);
            if (operator != null) {
                operators.put(name, operator);
            }
        });
        return operators;
    }

    /**
     * The hidden field that Spring Security requires in each form. In a class of its own, so that it is loaded only with Spring
     * Security.
     */
    private static final class SecurityField {
        static Map<String, String> of(HttpServletRequest request) {
            return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                    ? Map.of(token.getParameterName(), token.getToken())
                    : Map.of();
        }
    }
}
