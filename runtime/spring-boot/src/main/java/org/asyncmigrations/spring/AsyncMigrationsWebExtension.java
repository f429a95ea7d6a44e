package org.asyncmigrations.spring;

import org.asyncmigrations.spring.AsyncMigrationsEndpoint.Given;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers a wrong order over HTTP with the reason. Spring Boot's own answer would be a status 400 without one.
 *
 * @param endpoint gives the order
 */
@EndpointWebExtension(endpoint = AsyncMigrationsEndpoint.class)
record AsyncMigrationsWebExtension(AsyncMigrationsEndpoint endpoint) {
    @WriteOperation
    WebEndpointResponse<Given> order(
            @Selector String version,
            @Nullable String order,
            @Nullable String reason,
            @Nullable String tuning,
            @Nullable Boolean force,
            @Nullable String registry,
            SecurityContext security) {
        try {
            return new WebEndpointResponse<>(endpoint.order(
                    version, Order.of(order), reason == null ? "" : reason, tuning, force, registry, security));
        } catch (InvalidEndpointRequestException wrong) {
            return new WebEndpointResponse<>(
                    new Given(false, String.valueOf(wrong.getReason())), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }
}
