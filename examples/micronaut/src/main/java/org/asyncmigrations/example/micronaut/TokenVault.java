package org.asyncmigrations.example.micronaut;

import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;

/** An existing bean that a migration needs. */
@Singleton
public class TokenVault {
    private final CountDownLatch forgotten = new CountDownLatch(1);

    public void forget() {
        forgotten.countDown();
    }

    boolean isEmpty() {
        return forgotten.getCount() == 0;
    }
}
