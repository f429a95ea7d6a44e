package com.acme;

import org.asyncmigrations.*;

@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "it did once")
@RetiresColumn(table = AnyTable.class, name = "a")
final class Stray {
    @Idempotent(By.GUARD)
    interface Inner {}
}
