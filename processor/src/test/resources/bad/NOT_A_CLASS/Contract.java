package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;

@AsyncMigration(version = 20261121_093002L)
@Idempotent(By.TRANSACTION)
public interface Contract extends DataMigration {}
