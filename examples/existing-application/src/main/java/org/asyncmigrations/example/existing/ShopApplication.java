package org.asyncmigrations.example.existing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that was there before. */
@SpringBootApplication
public class ShopApplication {
    /**
     * Runs it.
     *
     * @param arguments Spring's
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
