package org.asyncmigrations.example.existing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An existing application. */
@SpringBootApplication
public class ShopApplication {
    /**
     * Runs it.
     *
     * @param arguments passed on to Spring
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
