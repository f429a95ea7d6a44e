package org.asyncmigrations.product;

/** Marks a failure that the same code meets again at each attempt: the migration fails at once, and waits for other code. */
public interface NotRetried {}
