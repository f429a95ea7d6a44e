package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;

@AsyncMigration(version = 20261121_093003L)
@Idempotent(By.TRANSACTION)
public @interface Note {}
