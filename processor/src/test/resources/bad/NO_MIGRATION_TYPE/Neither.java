package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;

@AsyncMigration(version = 20261121_093000L)
@Idempotent(By.TRANSACTION)
public final class Neither {}
