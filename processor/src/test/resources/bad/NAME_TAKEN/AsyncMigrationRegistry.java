package com.acme;

/** A name that looks free to whoever does not know the generated one. */
public final class AsyncMigrationRegistry {}
