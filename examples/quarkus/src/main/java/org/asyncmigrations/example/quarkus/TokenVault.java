package org.asyncmigrations.example.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;

/** An existing bean that a migration needs. */
@ApplicationScoped
public class TokenVault {
    private final CountDownLatch forgotten = new CountDownLatch(1);

    public void forget() {
        forgotten.countDown();
    }

    boolean isEmpty() {
        return forgotten.getCount() == 0;
    }
}
